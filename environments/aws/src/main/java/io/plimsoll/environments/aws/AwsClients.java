package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.descriptor.Credentials;
import io.plimsoll.environments.aws.descriptor.Deployed;
import io.plimsoll.results.run.RunFacts.ClockOffset;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.fis.FisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.redshift.RedshiftClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The only clients of AWS. Every call ends within {@link #CALL_TIMEOUT}, retries included. Safe for use by several
 * threads.
 */
public final class AwsClients implements AutoCloseable {
    /** Longest time of one call with its retries. */
    public static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** Where services without a region are asked. */
    private static final Region GLOBAL = Region.US_EAST_1;

    private static final String ROLE_SESSION = "plimsoll";

    private final Services services;
    private final Function<String, Services> elsewhere;
    private final CallLedger ledger;
    private final Runnable onClose;

    /** The service clients, as interfaces. */
    record Services(
            CloudWatchClient cloudWatch,
            ElasticLoadBalancingV2Client loadBalancing,
            AutoScalingClient autoScaling,
            RdsClient rds,
            Ec2Client ec2,
            ElastiCacheClient elastiCache,
            StsClient sts,
            Beyond beyond) {}

    /** Clients of services that lie outside the network of the load balancer, and of what AWS recorded. */
    record Beyond(
            CloudFrontClient cloudFront,
            S3Client s3,
            Route53Client route53,
            ResourceGroupsTaggingApiClient tagging,
            CloudTrailClient cloudTrail,
            CloudWatchLogsClient logs,
            Managed managed,
            Function<String, CloudWatchClient> cloudWatchIn) {}

    /** Clients of services of which a stack has queues, tables, functions and warehouses. */
    record Managed(SqsClient sqs, DynamoDbClient dynamoDb, LambdaClient lambda, RedshiftClient redshift) {}

    AwsClients(Services services, Function<String, Services> elsewhere, CallLedger ledger, Runnable onClose) {
        this.services = services;
        this.elsewhere = elsewhere;
        this.ledger = ledger;
        this.onClose = onClose;
    }

    /** Clients of an environment's region, or of its endpoint. Nothing is sent yet. */
    public static AwsClients open(Deployed deployed, Clock clock) {
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(ATTEMPT_TIMEOUT)
                .build();
        return open(deployed, clock, http);
    }

    /** Clients that change the stack of an environment; their calls are counted with these. Nothing is sent yet. */
    public ActingClients openActing(Deployed deployed) {
        SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(ATTEMPT_TIMEOUT)
                .build();
        return new Opening(deployed, ledger, http).openActing();
    }

    /** The same over a given transport, which is closed with the clients. */
    static AwsClients open(Deployed deployed, Clock clock, SdkHttpClient http) {
        return new Opening(deployed, new CallLedger(clock), http).open();
    }

    /** Requests sent so far, by {@code service:Operation}; retries count. */
    public SortedMap<String, Long> apiCalls() {
        return ledger.calls();
    }

    /** The endpoint's clock minus ours; empty before the first answer. */
    public Optional<ClockOffset> clockOffset() {
        return ledger.clockOffset();
    }

    @Override
    public void close() {
        onClose.run();
    }

    Services services() {
        return services;
    }

    /** Clients of another region. */
    Services servicesIn(String region) {
        return elsewhere.apply(region);
    }

    CallLedger ledger() {
        return ledger;
    }

    /** Builds the clients of one environment. */
    private record Opening(Deployed deployed, String region, CallLedger ledger, SdkHttpClient http) {
        Opening(Deployed deployed, CallLedger ledger, SdkHttpClient http) {
            this(deployed, deployed.environment().region(), ledger, http);
        }

        AwsClients open() {
            AwsCredentialsProvider credentials = credentials(deployed.credentials());
            Map<String, Services> regions = new ConcurrentHashMap<>();
            String home = deployed.environment().region();
            Function<String, Services> in = region -> regions.computeIfAbsent(
                    region, name -> new Opening(deployed, name, ledger, http).services(credentials));
            return new AwsClients(in.apply(home), in, ledger, () -> {
                regions.values().forEach(Opening::close);
                if (credentials instanceof SdkAutoCloseable closeable) {
                    closeable.close();
                }
                http.close();
            });
        }

        private Services services(AwsCredentialsProvider credentials) {
            return new Services(
                    configured(CloudWatchClient.builder(), credentials).build(),
                    configured(ElasticLoadBalancingV2Client.builder(), credentials)
                            .build(),
                    configured(AutoScalingClient.builder(), credentials).build(),
                    configured(RdsClient.builder(), credentials).build(),
                    configured(Ec2Client.builder(), credentials).build(),
                    configured(ElastiCacheClient.builder(), credentials).build(),
                    configured(StsClient.builder(), credentials).build(),
                    beyond(credentials));
        }

        private Beyond beyond(AwsCredentialsProvider credentials) {
            Map<String, CloudWatchClient> elsewhere = new ConcurrentHashMap<>();
            return new Beyond(
                    configured(CloudFrontClient.builder(), credentials)
                            .region(GLOBAL)
                            .build(),
                    configured(S3Client.builder(), credentials)
                            .forcePathStyle(deployed.endpoint().isPresent())
                            .build(),
                    configured(Route53Client.builder(), credentials)
                            .region(GLOBAL)
                            .build(),
                    configured(ResourceGroupsTaggingApiClient.builder(), credentials)
                            .build(),
                    configured(CloudTrailClient.builder(), credentials).build(),
                    configured(CloudWatchLogsClient.builder(), credentials).build(),
                    new Managed(
                            configured(SqsClient.builder(), credentials).build(),
                            configured(DynamoDbClient.builder(), credentials).build(),
                            configured(LambdaClient.builder(), credentials).build(),
                            configured(RedshiftClient.builder(), credentials).build()),
                    region -> elsewhere.computeIfAbsent(
                            region,
                            name -> configured(CloudWatchClient.builder(), credentials)
                                    .region(Region.of(name))
                                    .build()));
        }

        ActingClients openActing() {
            AwsCredentialsProvider credentials = credentials(deployed.credentials());
            Ec2Client ec2 = configured(Ec2Client.builder(), credentials).build();
            RdsClient rds = configured(RdsClient.builder(), credentials).build();
            AutoScalingClient autoScaling =
                    configured(AutoScalingClient.builder(), credentials).build();
            FisClient fis = configured(FisClient.builder(), credentials).build();
            return new ActingClients(ec2, rds, autoScaling, fis, () -> {
                ec2.close();
                rds.close();
                autoScaling.close();
                fis.close();
                if (credentials instanceof SdkAutoCloseable closeable) {
                    closeable.close();
                }
                http.close();
            });
        }

        private static void close(Services services) {
            services.cloudWatch().close();
            services.loadBalancing().close();
            services.autoScaling().close();
            services.rds().close();
            services.ec2().close();
            services.elastiCache().close();
            services.sts().close();
            services.beyond().cloudFront().close();
            services.beyond().s3().close();
            services.beyond().route53().close();
            services.beyond().tagging().close();
            services.beyond().cloudTrail().close();
            services.beyond().logs().close();
            services.beyond().managed().sqs().close();
            services.beyond().managed().dynamoDb().close();
            services.beyond().managed().lambda().close();
            services.beyond().managed().redshift().close();
        }

        private <B extends AwsSyncClientBuilder<B, ?> & AwsClientBuilder<B, ?>> B configured(
                B builder, AwsCredentialsProvider credentials) {
            deployed.endpoint().ifPresent(builder::endpointOverride);
            return builder.region(Region.of(region))
                    .credentialsProvider(credentials)
                    .httpClient(http)
                    .overrideConfiguration(overrides());
        }

        private ClientOverrideConfiguration overrides() {
            ClientOverrideConfiguration.Builder overrides = ClientOverrideConfiguration.builder()
                    .apiCallTimeout(CALL_TIMEOUT)
                    .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                    .retryStrategy(RetryMode.ADAPTIVE_V2)
                    .addExecutionInterceptor(ledger);
            if (deployed.credentials() instanceof Credentials.Embedded) {
                // The user's AWS configuration has no bearing on an embedded stack.
                overrides.defaultProfileFile(ProfileFile.aggregator().build());
            }
            return overrides.build();
        }

        private AwsCredentialsProvider credentials(Credentials credentials) {
            if (credentials instanceof Credentials.Embedded) {
                return StaticCredentialsProvider.create(AwsBasicCredentials.create("embedded", "embedded"));
            }
            if (credentials instanceof Credentials.Profile profile) {
                return ProfileCredentialsProvider.create(profile.name());
            }
            if (credentials instanceof Credentials.Role role) {
                return assumed(role);
            }
            return DefaultCredentialsProvider.builder().build();
        }

        private AwsCredentialsProvider assumed(Credentials.Role role) {
            StsClient sts = configured(
                            StsClient.builder(),
                            DefaultCredentialsProvider.builder().build())
                    .build();
            return StsAssumeRoleCredentialsProvider.builder()
                    .stsClient(sts)
                    .refreshRequest(request -> request.roleArn(role.arn()).roleSessionName(ROLE_SESSION))
                    .build();
        }
    }
}
