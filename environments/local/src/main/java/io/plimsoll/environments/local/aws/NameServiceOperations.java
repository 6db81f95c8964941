package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.HealthCheckView;
import io.plimsoll.environments.local.estate.HostedZoneView;
import io.plimsoll.environments.local.estate.RecordSetView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import software.amazon.awssdk.services.route53.model.GetHealthCheckRequest;
import software.amazon.awssdk.services.route53.model.GetHealthCheckResponse;
import software.amazon.awssdk.services.route53.model.GetHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.HealthCheck;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListHealthChecksRequest;
import software.amazon.awssdk.services.route53.model.ListHealthChecksResponse;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameResponse;
import software.amazon.awssdk.services.route53.model.ListHostedZonesRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Route 53: hosted zones with their record sets, and health checks. Everything fits on one page. */
final class NameServiceOperations {
    private static final String MOST = "300";

    private final Estate estate;

    NameServiceOperations(Estate estate) {
        this.estate = estate;
    }

    Service service() {
        return Service.restXml(
                "route53",
                "route53",
                "https://route53.amazonaws.com/doc/2013-04-01/",
                List.of(
                        Operation.rest(
                                "ListHostedZones",
                                "GET /2013-04-01/hostedzone",
                                ListHostedZonesRequest::builder,
                                this::zones),
                        Operation.rest(
                                "ListHostedZonesByName",
                                "GET /2013-04-01/hostedzonesbyname",
                                ListHostedZonesByNameRequest::builder,
                                this::zonesByName),
                        Operation.rest(
                                "GetHostedZone",
                                "GET /2013-04-01/hostedzone/{Id}",
                                GetHostedZoneRequest::builder,
                                this::zone),
                        Operation.rest(
                                "ListResourceRecordSets",
                                "GET /2013-04-01/hostedzone/{Id}/rrset",
                                ListResourceRecordSetsRequest::builder,
                                this::recordSets),
                        Operation.rest(
                                "ListHealthChecks",
                                "GET /2013-04-01/healthcheck",
                                ListHealthChecksRequest::builder,
                                this::checks),
                        Operation.rest(
                                "GetHealthCheck",
                                "GET /2013-04-01/healthcheck/{HealthCheckId}",
                                GetHealthCheckRequest::builder,
                                this::check)));
    }

    private List<HostedZone> all() {
        return estate.all(HostedZoneView.class).stream()
                .map(NameServiceOperations::zone)
                .toList();
    }

    private static HostedZone zone(HostedZoneView view) {
        return HostedZone.builder()
                .id("/hostedzone/" + view.id())
                .name(view.name())
                .callerReference(reference(view.id()))
                .config(config -> config.privateZone(false))
                .resourceRecordSetCount((long) view.recordSets().size())
                .build();
    }

    private static String reference(String id) {
        return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private ListHostedZonesResponse zones(ListHostedZonesRequest request) {
        return ListHostedZonesResponse.builder()
                .hostedZones(all())
                .isTruncated(false)
                .maxItems(MOST)
                .build();
    }

    private ListHostedZonesByNameResponse zonesByName(ListHostedZonesByNameRequest request) {
        String from = Objects.requireNonNullElse(request.dnsName(), "");
        return ListHostedZonesByNameResponse.builder()
                .hostedZones(all().stream()
                        .filter(zone -> zone.name().compareTo(from) >= 0)
                        .toList())
                .isTruncated(false)
                .maxItems(MOST)
                .build();
    }

    private GetHostedZoneResponse zone(GetHostedZoneRequest request) {
        return GetHostedZoneResponse.builder()
                .hostedZone(zone(view(request.id())))
                .build();
    }

    private HostedZoneView view(String id) {
        return estate.all(HostedZoneView.class).stream()
                .filter(view -> view.id().equals(id))
                .findFirst()
                .orElseThrow(() -> AwsFault.notFound("NoSuchHostedZone", "No hosted zone found with ID: " + id));
    }

    private ListResourceRecordSetsResponse recordSets(ListResourceRecordSetsRequest request) {
        return ListResourceRecordSetsResponse.builder()
                .resourceRecordSets(view(request.hostedZoneId()).recordSets().stream()
                        .map(NameServiceOperations::recordSet)
                        .toList())
                .isTruncated(false)
                .maxItems(MOST)
                .build();
    }

    private static ResourceRecordSet recordSet(RecordSetView view) {
        ResourceRecordSet.Builder set = ResourceRecordSet.builder()
                .name(view.name())
                .type(view.type())
                .ttl(view.ttl().toSeconds())
                .resourceRecords(view.values().stream()
                        .map(value -> ResourceRecord.builder().value(value).build())
                        .toList());
        view.failover()
                .ifPresent(failover -> set.setIdentifier(failover.setIdentifier())
                        .failover(failover.role().name()));
        view.healthCheckId().ifPresent(set::healthCheckId);
        return set.build();
    }

    private ListHealthChecksResponse checks(ListHealthChecksRequest request) {
        return ListHealthChecksResponse.builder()
                .healthChecks(estate.all(HealthCheckView.class).stream()
                        .map(NameServiceOperations::check)
                        .toList())
                .isTruncated(false)
                .maxItems(MOST)
                .build();
    }

    private GetHealthCheckResponse check(GetHealthCheckRequest request) {
        return estate.all(HealthCheckView.class).stream()
                .filter(view -> view.id().equals(request.healthCheckId()))
                .map(view -> GetHealthCheckResponse.builder()
                        .healthCheck(check(view))
                        .build())
                .findFirst()
                .orElseThrow(() -> AwsFault.notFound(
                        "NoSuchHealthCheck", "No health check exists with the ID: " + request.healthCheckId()));
    }

    private static HealthCheck check(HealthCheckView view) {
        return HealthCheck.builder()
                .id(view.id())
                .callerReference(reference(view.id()))
                .healthCheckVersion(1L)
                .healthCheckConfig(config -> {
                    config.type(view.type())
                            .ipAddress(view.address())
                            .port(view.port())
                            // Route 53 knows whole seconds only: rounded up.
                            .requestInterval(Math.toIntExact(
                                    view.interval().plusNanos(999_999_999).toSeconds()))
                            .failureThreshold(view.failureThreshold());
                    if (!view.path().isEmpty()) {
                        config.resourcePath(view.path());
                    }
                })
                .build();
    }
}
