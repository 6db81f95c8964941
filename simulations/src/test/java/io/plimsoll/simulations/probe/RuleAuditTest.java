package io.plimsoll.simulations.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleAuditTest {
    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
    private static final Resource BOX =
            Resource.of(ResourceKind.INSTANCE, "i-1", Map.of("elastic-ip", "203.0.113.7", "security-groups", "sg-box"));

    private static Resource group(String id, String in, String out) {
        return Resource.of(ResourceKind.SECURITY_GROUP, id, Map.of("in", in, "out", out));
    }

    private static RuleAudit audit(Optional<Set<String>> outbound, Resource... parts) {
        return new RuleAudit(
                new Topology(List.of(parts)),
                new RuleAudit.Expected(Set.of(80, 443), Set.of("tcp 22 203.0.113.0/24"), outbound));
    }

    private static double found(RuleAudit audit, String metric) {
        audit.tick(NOW);
        Series series = audit.finish().series().stream()
                .filter(each -> each.name().equals(metric))
                .findFirst()
                .orElseThrow();
        return series.samples().get(0).value();
    }

    private static double inbound(Resource... parts) {
        return found(audit(Optional.empty(), parts), "unexpected inbound rules");
    }

    @Test
    void openPortsAndNamedRulesAreExpected() {
        assertThat(inbound(BOX, group("sg-box", "tcp 22 203.0.113.0/24, tcp 443 0.0.0.0/0, tcp 80 ::/0", "")))
                .isZero();
    }

    @Test
    void everyOtherRuleOfAPublicPartCounts() {
        assertThat(inbound(
                        BOX,
                        group("sg-box", "tcp 22 0.0.0.0/0, tcp 80-443 0.0.0.0/0, udp 80 10.0.0.0/8, all sg-9", "")))
                .isEqualTo(4);
    }

    @Test
    void aPrivatePartMayLetInWhomItLikesButNotEveryone() {
        assertThat(inbound(BOX, group("sg-db", "tcp 3306 sg-box, tcp 3306 10.0.0.0/8", "")))
                .isZero();
        assertThat(inbound(BOX, group("sg-db", "tcp 3306 0.0.0.0/0, tcp 3306 ::/0", "")))
                .isEqualTo(2);
    }

    @Test
    void aPublicDatabaseCounts() {
        Resource closed = Resource.of(ResourceKind.DATABASE, "db", Map.of("public", "false"));
        Resource open = Resource.of(ResourceKind.DATABASE, "db", Map.of("public", "true"));
        assertThat(inbound(BOX, group("sg-box", "", ""), closed)).isZero();
        assertThat(inbound(BOX, group("sg-box", "", ""), open)).isEqualTo(1);
    }

    @Test
    void whatGoesOutIsComparedIfSomethingIsSaidAboutIt() {
        Resource group = group("sg-box", "", "all 0.0.0.0/0, tcp 443 pl-63a5400a");
        assertThat(audit(Optional.empty(), BOX, group).metrics()).containsExactly("unexpected inbound rules");
        assertThat(found(audit(Optional.of(Set.of("tcp 443 pl-63a5400a")), BOX, group), "unexpected outbound rules"))
                .isEqualTo(1);
        assertThat(found(audit(Optional.of(Set.of()), BOX, group), "unexpected outbound rules"))
                .isEqualTo(2);
    }

    @Test
    void withoutSecurityGroupsNothingIsSaid() {
        assertThat(audit(Optional.of(Set.of()), BOX).metrics()).isEmpty();
    }
}
