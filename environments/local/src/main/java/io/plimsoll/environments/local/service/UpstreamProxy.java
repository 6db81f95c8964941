package io.plimsoll.environments.local.service;

import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.net.URI;
import java.time.Duration;
import org.xnio.OptionMap;
import org.xnio.Options;

/** Passes requests on, with connections that are kept alive. */
final class UpstreamProxy {
    private static final Duration RESPONSE_LIMIT = Duration.ofSeconds(30);

    private UpstreamProxy() {}

    /** A handler that passes requests on; it answers 503 if the upstream cannot be connected. */
    static HttpHandler to(URI upstream) {
        LoadBalancingProxyClient client = new LoadBalancingProxyClient()
                .setConnectionsPerThread(256)
                .setSoftMaxConnectionsPerThread(16)
                .setMaxQueueSize(1_024)
                .setTtl(30_000)
                .setProblemServerRetry(1);
        // Without it a small POST waits for the acknowledgement of its head, up to 40 ms.
        client.addHost(null, upstream, null, null, OptionMap.create(Options.TCP_NODELAY, true));
        return ProxyHandler.builder()
                .setProxyClient(client)
                .setMaxRequestTime((int) RESPONSE_LIMIT.toMillis())
                .setMaxConnectionRetries(0)
                .setReuseXForwarded(true)
                .build();
    }
}
