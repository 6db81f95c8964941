package io.plimsoll.environments.local.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.TestCache;
import io.plimsoll.environments.local.balancer.Throttle;
import io.plimsoll.environments.local.process.Guardian;
import io.plimsoll.environments.local.site.Disturbances.Parameters;
import io.plimsoll.environments.local.site.Disturbances.Refused;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.environments.local.tls.Certificates;
import io.plimsoll.environments.local.tls.ServerTls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EdgeDisturbancesTest {
    private final Guardian guardian = Guardian.start();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final Site site = new Site(List.of("lb", "cdn"), guardian, TestCache.shared(), executor, timer, line -> {});
    private final List<Throttle> throttles = new ArrayList<>();

    EdgeDisturbancesTest() {
        EdgeDisturbances.register(site);
    }

    @AfterEach
    void close() {
        executor.shutdownNow();
        timer.shutdownNow();
        guardian.close();
    }

    private String apply(String name, String... parameters) throws Refused {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            values.put(parameters[i], parameters[i + 1]);
        }
        return site.disturbances().apply(name, new Parameters(values));
    }

    private ServerTls offerTls(String part) {
        ServerTls tls = new ServerTls(Certificates.of(TestCache.shared()));
        site.started(part, new Part() {
            @Override
            public Stream<?> offers() {
                return Stream.of(new SecuredEnd(part, tls), new NetworkPath(part, throttles::add));
            }
        });
        return tls;
    }

    @Test
    void whatAStageLacksIsSaid() {
        assertThatThrownBy(() -> apply("cdn-off")).isInstanceOf(Refused.class).hasMessage("this stage has no CDN");
        assertThatThrownBy(() -> apply("expire-certificate")).hasMessage("this stage has no part with a certificate");
        assertThatThrownBy(() -> apply("stickiness-on", "seconds", "5")).hasMessage("this stage has no target group");
    }

    @Test
    void aCertificateExpiresAndIsRenewedAndBothAreInTheAuditTrail() throws Exception {
        ServerTls tls = offerTls("lb");

        assertThat(apply("expire-certificate")).isEqualTo("the certificate of lb is expired");
        assertThatThrownBy(() -> tls.certificate().checkValidity()).isNotNull();
        assertThat(apply("renew-certificate", "of", "lb")).isEqualTo("the certificate of lb is valid again");
        tls.certificate().checkValidity();

        assertThat(site.audit().entries())
                .extracting(entry -> entry.name())
                .containsExactly("expire-certificate", "renew-certificate");
    }

    @Test
    void ofSeveralPartsOneIsToBeNamed() {
        offerTls("lb");
        offerTls("cdn");

        assertThatThrownBy(() -> apply("expire-certificate"))
                .hasMessage("of is required as there are several: lb, cdn");
        assertThatThrownBy(() -> apply("expire-certificate", "of", "db"))
                .hasMessage("no part with a certificate 'db'; valid: lb, cdn");
    }

    @Test
    void aNetworkIsMadeSlowAndRestored() throws Exception {
        offerTls("lb");

        assertThat(apply("slow-network", "latency-ms", "20", "bytes-per-second", "1000"))
                .isEqualTo("the network to lb is slow: 20 ms more each way, 1000 bytes/s a connection");
        assertThat(apply("restore-network")).isEqualTo("the network to lb is as fast as it was");

        assertThat(throttles).containsExactly(new Throttle(Duration.ofMillis(20), 1_000), Throttle.NONE);
        assertThatThrownBy(() -> apply("slow-network"))
                .hasMessage("latency-ms or bytes-per-second must be given and not 0");
        assertThatThrownBy(() -> apply("slow-network", "latency-ms", "60001"))
                .hasMessage("latency-ms must be a whole number in [0, 60000], was '60001'");
    }
}
