package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.FakeEstate;
import io.plimsoll.environments.local.logs.LogStore;
import io.plimsoll.environments.local.metrics.MetricStore;
import io.plimsoll.environments.local.metrics.VirtualClock;
import io.plimsoll.environments.local.scaling.ScalingGroup;
import io.plimsoll.environments.local.scaling.ScalingRig;
import io.plimsoll.environments.local.site.AuditTrail;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** An endpoint over an estate that obeys and a group on a clock of its own, and clients that are pointed at it. */
final class EndpointFixture implements AutoCloseable {
    static final Instant T0 = Instant.parse("2026-11-24T04:00:00Z");
    static final String HIGH = alarm("AlarmHigh");
    static final String LOW = alarm("AlarmLow");
    static final String GROUP = "plimsoll-app";

    final VirtualClock clock = new VirtualClock(T0.plusSeconds(3600));
    final MetricStore store = new MetricStore(clock);
    final FakeEstate estate = new FakeEstate(clock);
    final ScalingRig rig = new ScalingRig(new VirtualClock(T0), store, estate);
    final AuditTrail audit = new AuditTrail(clock);
    final LogStore logs = new LogStore(clock);
    final EndpointFaults faults = new EndpointFaults();
    final AwsEndpoint endpoint;

    EndpointFixture(String... refused) {
        faults.refuse(List.of(refused));
        endpoint = AwsEndpoint.start(
                new EndpointSettings("us-east-1", estate, store, rig.scaling, audit, logs, faults, clock));
    }

    private static String alarm(String which) {
        String name = "TargetTracking-plimsoll-app-" + which + "-";
        byte[] seed = (name + "plimsoll-app-cpu-target-tracking").getBytes(StandardCharsets.UTF_8);
        return name + UUID.nameUUIDFromBytes(seed);
    }

    /** Adds the group and lets it have two instances; its alarm fires. */
    ScalingGroup scaledOut() {
        ScalingGroup group = rig.add(ScalingRig.group(GROUP, 1, 4, 1, ScalingRig.cpu(50)));
        rig.seconds(8, 20);
        rig.seconds(7, 100);
        return group;
    }

    /** A client of the SDK that makes one attempt. */
    <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(endpoint.uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
