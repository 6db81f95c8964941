package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.ProxiedServiceView;
import io.undertow.Undertow;
import io.undertow.server.handlers.BlockingHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

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

    /** Starts on a free port. */
    public static AwsEndpoint start(EndpointSettings settings) {
        Arns arns = new Arns(settings.region());
        Estate estate = settings.estate();
        var scaling = settings.scaling();
        List<Service> services = List.of(
                new CloudWatchOperations(
                                settings.metrics(), scaling.alarmBook(), settings.faults(), arns, settings.clock())
                        .service(),
                new LoadBalancingOperations(estate, arns).service(),
                new AutoScalingOperations(scaling, arns).service(),
                new DatabaseOperations(estate, arns, settings.clock()).service(),
                new ComputeOperations(estate, scaling, settings.region()).service(),
                new CacheOperations(estate, arns).service(),
                new TrailOperations(settings.audit(), settings.region()).service(),
                new LogOperations(settings.logs(), arns).service(),
                new TaggingOperations(new TaggedEstate(estate, scaling, settings.logs(), arns)::byArn).service(),
                new WarehouseOperations(estate, arns).service(),
                new LambdaOperations().service(),
                new NameServiceOperations(estate).service(),
                new DistributionOperations(estate, arns, settings.clock()).service(),
                new BucketOperations(estate, arns).service(),
                new IdentityOperations().service());
        Undertow server = Undertow.builder()
                .addHttpListener(0, ADDRESS)
                .setIoThreads(1)
                .setWorkerThreads(4)
                .setHandler(new BlockingHandler(
                        new Dispatcher(services, settings.faults(), settings.audit(), scope -> passed(estate, scope))))
                .build();
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return new AwsEndpoint(server, URI.create("http://" + ADDRESS + ":" + address.getPort()));
    }

    private static Optional<URI> passed(Estate estate, String scope) {
        return estate.all(ProxiedServiceView.class).stream()
                .filter(service -> service.scope().equals(scope))
                .map(ProxiedServiceView::endpoint)
                .findFirst();
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
