package io.plimsoll.environments.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.estate.BalancerView;
import io.plimsoll.environments.local.estate.BucketView;
import io.plimsoll.environments.local.estate.DistributionActs;
import io.plimsoll.environments.local.estate.DistributionView;
import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.HealthCheckView;
import io.plimsoll.environments.local.estate.HostedZoneView;
import io.plimsoll.environments.local.estate.RecordSetView;
import io.plimsoll.environments.local.estate.TargetGroupView;
import io.plimsoll.environments.local.estate.TargetView;
import io.plimsoll.environments.local.site.AuditTrail;
import io.undertow.Undertow;
import io.undertow.server.handlers.BlockingHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.DistributionSummary;
import software.amazon.awssdk.services.cloudfront.model.NoSuchDistributionException;
import software.amazon.awssdk.services.cloudfront.model.RealtimeMetricsSubscriptionStatus;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HealthCheck;
import software.amazon.awssdk.services.route53.model.HealthCheckType;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.MetricsConfiguration;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** What the SDK's clients learn of the parts before the service: names, CDN, object store, balancers. */
class EdgeServicesTest {
    private static final Instant CREATED = Instant.parse("2026-11-24T04:00:00Z");

    private final List<String> invalidated = new ArrayList<>();
    private final Estate estate = new Estate() {
        @Override
        public <T> List<T> all(Class<T> type) {
            return Stream.of(
                            zone(),
                            check(),
                            distribution(),
                            acts(),
                            bucket(),
                            secure(),
                            network(),
                            replicas(),
                            replica())
                    .filter(type::isInstance)
                    .map(type::cast)
                    .toList();
        }
    };
    private final Arns arns = new Arns("us-east-1");
    private final Undertow server = Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(new BlockingHandler(new Dispatcher(
                    List.of(
                            new NameServiceOperations(estate).service(),
                            new DistributionOperations(estate, arns, Clock.systemUTC()).service(),
                            new BucketOperations(estate, arns).service(),
                            new LoadBalancingOperations(estate, arns).service()),
                    new EndpointFaults(),
                    new AuditTrail(Clock.systemUTC()),
                    scope -> Optional.empty())))
            .build();

    EdgeServicesTest() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private static HostedZoneView zone() {
        return new HostedZoneView(
                "Z1",
                "plimsoll.test.",
                List.of(RecordSetView.simple("www.plimsoll.test.", "A", Duration.ofSeconds(1), List.of("127.0.0.1"))));
    }

    private static HealthCheckView check() {
        return new HealthCheckView("check", "HTTP", "127.0.0.1", 8080, "/health", Duration.ofMillis(500), 3, true);
    }

    private static DistributionView distribution() {
        return new DistributionView(
                "E1",
                "plimsoll-cdn",
                "cdn.plimsoll.test",
                "127.0.0.1",
                8081,
                Optional.empty(),
                URI.create("http://127.0.0.1:9000/plimsoll-store"),
                true,
                Duration.ZERO,
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                CREATED);
    }

    private DistributionActs acts() {
        return new DistributionActs() {
            @Override
            public String id() {
                return "E1";
            }

            @Override
            public void invalidate(String pathPattern) {
                invalidated.add(pathPattern);
            }
        };
    }

    private static BucketView bucket() {
        return new BucketView(
                "plimsoll-store", URI.create("http://127.0.0.1:9000"), CREATED, true, "EntireBucket", "AES256", true);
    }

    private static BalancerView secure() {
        List<BalancerView.Rule> rules = List.of(new BalancerView.Rule(List.of(), List.of(), "plimsoll-app"));
        return new BalancerView(
                "plimsoll-lb",
                false,
                "127.0.0.1",
                List.of(
                        new BalancerView.Listener("HTTP", 8080, Optional.empty(), rules),
                        new BalancerView.Listener("HTTPS", 8443, Optional.of("cert-1"), rules)),
                CREATED,
                List.of("us-east-1a"));
    }

    private static BalancerView network() {
        return new BalancerView(
                "plimsoll-replica-lb",
                true,
                "127.0.0.1",
                List.of(new BalancerView.Listener(
                        BalancerView.TCP,
                        3306,
                        Optional.empty(),
                        List.of(new BalancerView.Rule(List.of(), List.of(), "plimsoll-replicas")))),
                CREATED,
                List.of("us-east-1a"));
    }

    private static TargetGroupView replicas() {
        return new TargetGroupView(
                "plimsoll-replicas", "plimsoll-replica-lb", "", Duration.ofSeconds(1), 2, 2, Duration.ofSeconds(1));
    }

    private static TargetView replica() {
        return new TargetView(
                "plimsoll-replicas", "plimsoll-db-replica-1", 3307, "us-east-1a", TargetView.Health.HEALTHY, "", "");
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(B builder) {
        int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
        return builder.endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @Test
    void route53TellsZonesRecordsAndHealthChecks() {
        try (Route53Client client = client(Route53Client.builder())) {
            HostedZone zone = client.listHostedZones().hostedZones().get(0);
            assertThat(zone.id()).as("the SDK leaves /hostedzone/ out").isEqualTo("Z1");
            assertThat(zone.name()).isEqualTo("plimsoll.test.");
            assertThat(client.listHostedZonesByName(request -> request.dnsName("plimsoll.test"))
                            .hostedZones())
                    .hasSize(1);

            ResourceRecordSet set = client.listResourceRecordSets(request -> request.hostedZoneId(zone.id()))
                    .resourceRecordSets()
                    .get(0);
            assertThat(set.type()).isEqualTo(RRType.A);
            assertThat(set.ttl()).isEqualTo(1);
            assertThat(set.resourceRecords().get(0).value()).isEqualTo("127.0.0.1");

            HealthCheck check = client.listHealthChecks().healthChecks().get(0);
            assertThat(check.healthCheckConfig().type()).isEqualTo(HealthCheckType.HTTP);
            assertThat(check.healthCheckConfig().resourcePath()).isEqualTo("/health");
            assertThat(check.healthCheckConfig().requestInterval()).isEqualTo(1);

            assertThatThrownBy(() -> client.getHostedZone(request -> request.id("Z9")))
                    .isInstanceOf(NoSuchHostedZoneException.class)
                    .hasMessageContaining("No hosted zone found with ID: Z9");
        }
    }

    @Test
    void cloudFrontTellsDistributionsAndInvalidatesPaths() {
        try (CloudFrontClient client = client(CloudFrontClient.builder())) {
            DistributionSummary summary =
                    client.listDistributions().distributionList().items().get(0);
            assertThat(summary.id()).isEqualTo("E1");
            assertThat(summary.comment()).isEqualTo("plimsoll-cdn");
            assertThat(summary.arn()).isEqualTo("arn:aws:cloudfront::" + Caller.ACCOUNT + ":distribution/E1");
            assertThat(summary.origins().items().get(0).originPath()).isEqualTo("/plimsoll-store");
            assertThat(client.getDistribution(request -> request.id("E1"))
                            .distribution()
                            .domainName())
                    .isEqualTo("cdn.plimsoll.test");
            assertThat(client.getMonitoringSubscription(request -> request.distributionId("E1"))
                            .monitoringSubscription()
                            .realtimeMetricsSubscriptionConfig()
                            .realtimeMetricsSubscriptionStatus())
                    .isEqualTo(RealtimeMetricsSubscriptionStatus.ENABLED);

            client.createInvalidation(request -> request.distributionId("E1")
                    .invalidationBatch(batch -> batch.callerReference("once")
                            .paths(paths -> paths.quantity(2).items("/static/1", "/photos/*"))));
            assertThat(invalidated).containsExactly("/static/1", "/photos/*");

            assertThatThrownBy(() -> client.getDistribution(request -> request.id("E9")))
                    .isInstanceOf(NoSuchDistributionException.class);
        }
    }

    @Test
    void s3TellsBucketsTheirEncryptionAndTheirMetricsFilter() {
        try (S3Client client = client(S3Client.builder().forcePathStyle(true))) {
            assertThat(client.listBuckets().buckets()).extracting(Bucket::name).containsExactly("plimsoll-store");
            assertThat(client.getBucketEncryption(request -> request.bucket("plimsoll-store"))
                            .serverSideEncryptionConfiguration()
                            .rules()
                            .get(0)
                            .applyServerSideEncryptionByDefault()
                            .sseAlgorithm())
                    .isEqualTo(ServerSideEncryption.AES256);
            assertThat(client.listBucketMetricsConfigurations(request -> request.bucket("plimsoll-store"))
                            .metricsConfigurationList())
                    .extracting(MetricsConfiguration::id)
                    .containsExactly("EntireBucket");
            assertThat(client.getBucketPolicyStatus(request -> request.bucket("plimsoll-store"))
                            .policyStatus()
                            .isPublic())
                    .isTrue();
            client.headBucket(request -> request.bucket("plimsoll-store"));
            assertThatThrownBy(() -> client.headBucket(request -> request.bucket("other")))
                    .isInstanceOf(NoSuchBucketException.class);
        }
    }

    @Test
    void aNetworkLoadBalancerIsToldFromAnApplicationLoadBalancerWithItsCertificate() {
        try (ElasticLoadBalancingV2Client client = client(ElasticLoadBalancingV2Client.builder())) {
            List<LoadBalancer> balancers = client.describeLoadBalancers().loadBalancers();
            assertThat(balancers)
                    .extracting(LoadBalancer::type)
                    .containsExactly(LoadBalancerTypeEnum.APPLICATION, LoadBalancerTypeEnum.NETWORK);
            assertThat(balancers.get(1).loadBalancerArn()).contains(":loadbalancer/net/plimsoll-replica-lb/");

            List<Listener> listeners = client.describeListeners(
                            request -> request.loadBalancerArn(balancers.get(0).loadBalancerArn()))
                    .listeners();
            assertThat(listeners).extracting(Listener::protocol).containsExactly(ProtocolEnum.HTTP, ProtocolEnum.HTTPS);
            String certificate = listeners.get(1).certificates().get(0).certificateArn();
            assertThat(certificate).isEqualTo("arn:aws:acm:us-east-1:" + Caller.ACCOUNT + ":certificate/cert-1");
            assertThat(client.describeListenerCertificates(request ->
                                    request.listenerArn(listeners.get(1).listenerArn()))
                            .certificates()
                            .get(0)
                            .isDefault())
                    .isTrue();

            TargetGroup group = client.describeTargetGroups(
                            request -> request.loadBalancerArn(balancers.get(1).loadBalancerArn()))
                    .targetGroups()
                    .get(0);
            assertThat(group.targetType()).isEqualTo(TargetTypeEnum.IP);
            assertThat(group.protocol()).isEqualTo(ProtocolEnum.TCP);
            assertThat(client.describeTargetHealth(request -> request.targetGroupArn(group.targetGroupArn()))
                            .targetHealthDescriptions()
                            .get(0)
                            .target()
                            .id())
                    .isEqualTo(io.plimsoll.environments.local.process.LoopbackPorts.PRIVATE_ADDRESS);
        }
    }
}
