package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.metrics.MetricStore;
import io.plimsoll.environments.local.scaling.ControlPlaneView;
import io.undertow.Undertow;
import io.undertow.server.handlers.BlockingHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * The HTTP endpoint that AWS clients are pointed at: one loopback port for every service. It answers from the estate,
 * the metrics and the control plane and keeps nothing itself.
 */
public final class AwsEndpoint implements AutoCloseable {
    private static final String ADDRESS = "127.0.0.1";

    private final Undertow server;
    private final URI uri;

    private AwsEndpoint(Undertow server, URI uri) {
        this.server = server;
        this.uri = uri;
    }

    /**
     * Starts on a free port.
     *
     * @param region region in the ARNs it answers with
     * @param refused operations it denies, such as {@code GetMetricData} or {@code cloudwatch:GetMetricData}
     */
    public static AwsEndpoint start(
            String region, Estate estate, MetricStore metrics, ControlPlaneView controlPlane, Set<String> refused) {
        return start(region, estate, metrics, controlPlane, refused, Clock.systemUTC());
    }

    static AwsEndpoint start(
            String region,
            Estate estate,
            MetricStore metrics,
            ControlPlaneView controlPlane,
            Set<String> refused,
            Clock clock) {
        Arns arns = new Arns(region);
        List<Service> services = List.of(
                new CloudWatchOperations(metrics, controlPlane, arns, clock).service(),
                new LoadBalancingOperations(estate, arns).service(),
                new AutoScalingOperations(controlPlane, arns).service(),
                new DatabaseOperations(estate, arns, clock).service(),
                new ComputeOperations(estate, controlPlane).service(),
                new CacheOperations(estate, arns).service(),
                new IdentityOperations().service());
        Undertow server = Undertow.builder()
                .addHttpListener(0, ADDRESS)
                .setIoThreads(1)
                .setWorkerThreads(4)
                .setHandler(new BlockingHandler(new Dispatcher(services, refused)))
                .build();
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return new AwsEndpoint(server, URI.create("http://" + ADDRESS + ":" + address.getPort()));
    }

    /** What a client takes as its endpoint. */
    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        server.stop();
    }
}
