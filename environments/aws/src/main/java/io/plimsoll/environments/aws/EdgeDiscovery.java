package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.ObservationException.Reason;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudfront.model.DistributionSummary;
import software.amazon.awssdk.services.cloudfront.model.ListDistributionsResponse;
import software.amazon.awssdk.services.route53.model.HealthCheck;
import software.amazon.awssdk.services.route53.model.ListHealthChecksResponse;
import software.amazon.awssdk.services.route53.model.ListHostedZonesResponse;
import software.amazon.awssdk.services.s3.model.ListBucketMetricsConfigurationsResponse;

/** Finds what stands before the load balancer: distributions, the buckets they serve, name servers and health checks. */
record EdgeDiscovery(AwsClients.Beyond clients, AwsCalls calls) {
    /**
     * Distributions that serve one of these hosts, or are named.
     *
     * @param hosts the load balancer's own name and the one that load is sent to
     * @param named ids of others
     */
    List<Resource> distributions(Set<String> hosts, List<String> named) throws InterruptedException {
        List<ListDistributionsResponse> pages = calls.pages(
                "cloudfront:ListDistributions",
                token -> clients.cloudFront().listDistributions(request -> request.marker(token)),
                page -> page.distributionList() == null
                        ? null
                        : page.distributionList().nextMarker());
        List<Resource> found = new ArrayList<>();
        for (ListDistributionsResponse page : pages) {
            List<DistributionSummary> summaries = page.distributionList() == null
                    ? List.of()
                    : page.distributionList().items();
            for (DistributionSummary summary : summaries) {
                if (named.contains(summary.id()) || names(summary).anyMatch(hosts::contains)) {
                    found.add(describe(summary));
                }
            }
        }
        return found;
    }

    private Resource describe(DistributionSummary summary) throws InterruptedException {
        return new Facts()
                .with("arn", summary.arn())
                .with("domain", summary.domainName())
                .with("status", summary.status())
                .with("origins", origins(summary).toList())
                .with("additional-metrics", additionalMetrics(summary.id()))
                .of(ResourceKind.DISTRIBUTION, summary.id());
    }

    /** Whether the paid metrics are on: {@code Enabled}, {@code Disabled}, or empty if that is not known. */
    private String additionalMetrics(String id) throws InterruptedException {
        try {
            return calls.call(
                            "cloudfront:GetMonitoringSubscription",
                            () -> clients.cloudFront().getMonitoringSubscription(request -> request.distributionId(id)))
                    .monitoringSubscription()
                    .realtimeMetricsSubscriptionConfig()
                    .realtimeMetricsSubscriptionStatusAsString();
        } catch (ObservationException e) {
            if (e.reason() == Reason.UNSUPPORTED) {
                return "";
            }
            if (e.reason() == Reason.NOT_FOUND || e.sentence().contains("NoSuchMonitoringSubscription")) {
                return "Disabled";
            }
            throw e;
        }
    }

    private static Stream<String> names(DistributionSummary summary) {
        Stream<String> aliases = summary.aliases() == null ? Stream.empty() : summary.aliases().items().stream();
        return Stream.concat(Stream.of(summary.domainName()), Stream.concat(aliases, origins(summary)));
    }

    private static Stream<String> origins(DistributionSummary summary) {
        return summary.origins() == null
                ? Stream.empty()
                : summary.origins().items().stream().map(origin -> origin.domainName());
    }

    /** Names of the buckets among the origins of distributions: {@code <bucket>.s3.<region>.amazonaws.com}. */
    static Set<String> buckets(List<Resource> distributions) {
        Set<String> buckets = new TreeSet<>();
        for (Resource distribution : distributions) {
            for (String origin :
                    distribution.facts().getOrDefault("origins", "").split(", ", -1)) {
                int at = origin.indexOf(".s3.");
                if (at > 0) {
                    buckets.add(origin.substring(0, at));
                }
            }
        }
        return buckets;
    }

    /** A bucket with its encryption and, if request metrics are on for all of it, the id of their filter. */
    Resource bucket(String name) throws InterruptedException {
        List<ListBucketMetricsConfigurationsResponse> pages = calls.pages(
                "s3:GetMetricsConfiguration",
                token -> clients.s3()
                        .listBucketMetricsConfigurations(
                                request -> request.bucket(name).continuationToken(token)),
                ListBucketMetricsConfigurationsResponse::nextContinuationToken);
        Optional<String> filter = pages.stream()
                .flatMap(page -> page.metricsConfigurationList().stream())
                .filter(configuration -> configuration.filter() == null)
                .map(configuration -> configuration.id())
                .findFirst();
        String encryption = calls
                .call(
                        "s3:GetEncryptionConfiguration",
                        () -> clients.s3().getBucketEncryption(request -> request.bucket(name)))
                .serverSideEncryptionConfiguration()
                .rules()
                .stream()
                .map(rule -> rule.applyServerSideEncryptionByDefault())
                .filter(rule -> rule != null)
                .map(rule -> rule.sseAlgorithmAsString())
                .findFirst()
                .orElse("");
        return new Facts()
                .with("metrics-filter", filter.orElse(""))
                .with("encryption", encryption)
                .of(ResourceKind.BUCKET, name);
    }

    /** Health checks of these hosts, or named ones. */
    List<Resource> healthChecks(Set<String> hosts, List<String> named) throws InterruptedException {
        List<ListHealthChecksResponse> pages = calls.pages(
                "route53:ListHealthChecks",
                token -> clients.route53().listHealthChecks(request -> request.marker(token)),
                ListHealthChecksResponse::nextMarker);
        return pages.stream()
                .flatMap(page -> page.healthChecks().stream())
                .filter(check ->
                        named.contains(check.id()) || hosts.contains(host(check)) || hosts.contains(address(check)))
                .map(check -> new Facts()
                        .with("host", host(check))
                        .with("measures-latency", check.healthCheckConfig().measureLatency())
                        .of(ResourceKind.HEALTH_CHECK, check.id()))
                .toList();
    }

    private static String host(HealthCheck check) {
        return Optional.ofNullable(check.healthCheckConfig())
                .map(configuration -> configuration.fullyQualifiedDomainName())
                .orElse("");
    }

    private static String address(HealthCheck check) {
        return Optional.ofNullable(check.healthCheckConfig())
                .map(configuration -> configuration.ipAddress())
                .orElse("");
    }

    /** Hosted zones that one of these hosts lies in. */
    List<Resource> hostedZones(Set<String> hosts) throws InterruptedException {
        List<ListHostedZonesResponse> pages = calls.pages(
                "route53:ListHostedZones",
                token -> clients.route53().listHostedZones(request -> request.marker(token)),
                ListHostedZonesResponse::nextMarker);
        return pages.stream()
                .flatMap(page -> page.hostedZones().stream())
                .filter(zone -> hosts.stream().anyMatch(host -> ("." + host + ".").endsWith("." + zone.name())))
                .map(zone -> new Facts()
                        .with("name", zone.name())
                        .with("records", zone.resourceRecordSetCount())
                        .of(ResourceKind.HOSTED_ZONE, zone.id().replace("/hostedzone/", "")))
                .toList();
    }
}
