package io.plimsoll.simulations.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogEntryTest {
    /** An example of the documentation. */
    private static final String HTTPS =
            "https 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80"
                    + " 0.086 0.048 0.037 200 200 73 57 \"GET https://www.example.com:443/a/b%20c?x=secret HTTP/1.1\""
                    + " \"curl/7.46.0\" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2"
                    + " arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067"
                    + " \"Root=1-58337281-1d84f3d73c47ec4e58577259\" \"www.example.com\""
                    + " \"arn:aws:acm:us-east-2:123456789012:certificate/12345678-1234-1234-1234-123456789012\" 1"
                    + " 2018-07-02T22:22:48.364000Z \"authenticate,forward\" \"-\" \"-\" \"10.0.0.1:80\" \"200\" \"-\""
                    + " \"-\" TID_123456";

    @Test
    void anEntryOfTheDocumentationIsRead() {
        assertThat(AccessLogEntry.parse(HTTPS))
                .contains(new AccessLogEntry(
                        Instant.parse("2018-07-02T22:23:00.186641Z"), "GET", "/a/b%20c", true, 200, 73));
    }

    /** As the local stack's balancer wrote it. */
    @Test
    void aLineOfTheLocalStackIsRead() {
        String line = "http 2026-11-25T17:26:45.959252Z app/plimsoll-lb/825d3994b8ae80d3 127.0.0.1:37358"
                + " 127.0.0.1:43701 0.000 0.028 0.000 201 201 180 150 \"POST http://127.0.0.1:36275/items HTTP/1.1\""
                + " \"curl/7.88.1\" - - arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/plimsoll-web"
                + "/ec9d2d26ad34700e \"-\" \"-\" \"-\" 1 2026-11-25T17:26:45.930595Z \"forward\" \"-\" \"-\""
                + " \"127.0.0.1:43701\" \"201\" \"-\" \"-\" -";
        assertThat(AccessLogEntry.parse(line))
                .contains(new AccessLogEntry(
                        Instant.parse("2026-11-25T17:26:45.959252Z"), "POST", "/items", false, 201, 180));
    }

    @Test
    void aHostAloneIsItsRoot() {
        assertThat(AccessLogEntry.parse(HTTPS.replace("/a/b%20c?x=secret", "")).orElseThrow())
                .extracting(AccessLogEntry::path, AccessLogEntry::hasQuery)
                .containsExactly("/", false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https 2018-07-02T22:23:00.186641Z app/lb/1 1.2.3.4:5 - -1 -1 -1 400 - 0 0",
                "https 2018-07-02T22:23:00.186641Z app/lb/1 1.2.3.4:5 - -1 -1 -1 400 - 0 0 \"- http://lb:80- -\" x",
                "https yesterday app/lb/1 1.2.3.4:5 - -1 -1 -1 200 - 0 0 \"GET http://lb:80/ HTTP/1.1\" \"-\"",
                "https 2018-07-02T22:23:00Z app/lb/1 1.2.3.4:5 - -1 -1 -1 - - 0 0 \"GET http://lb:80/ HTTP/1.1\" \"-\"",
                "https 2018-07-02T22:23:00Z app/lb/1 1.2.3.4:5 - -1 -1 -1 200 - 0 0 \"GET http://lb:80/^ HTTP/1.1\" \"-\"",
                "no \"closing quote",
            })
    void whatIsNoRequestIsNone(String line) {
        assertThat(AccessLogEntry.parse(line)).isEmpty();
    }
}
