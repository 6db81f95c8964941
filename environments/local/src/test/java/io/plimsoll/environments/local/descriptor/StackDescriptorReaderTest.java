package io.plimsoll.environments.local.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.parts.Kinds;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackDescriptorReaderTest {
    private static final Path SHIPPED = Path.of("..", "local.yaml");

    private static StackDescriptor read(String... overrides) {
        Document.Node document = Document.read(SHIPPED);
        for (String override : overrides) {
            int equals = override.indexOf('=');
            document =
                    document.with(override.substring(0, equals), override.substring(equals + 1), "--set " + override);
        }
        return StackDescriptorReader.read(document, "auto-scaled", Kinds.ALL);
    }

    @Test
    void readsTheShippedFile() {
        StackDescriptor descriptor = read();

        assertThat(descriptor.common().zones()).containsExactly("us-east-1a", "us-east-1b");
        assertThat(descriptor.common().service().cost("read")).isEqualTo(Duration.ofMillis(5));
        assertThat(descriptor.common().instanceTypes())
                .containsEntry(
                        "local.small",
                        new StackDescriptor.InstanceType("local.small", 1, 64L << 20, 256L << 20, 16L << 20, 0.02));
        assertThat(descriptor.common().binaries().mariadbd()).isEmpty();
    }

    @Test
    void aPartComesAfterThoseItUses() {
        List<String> names = read().parts().stream().map(PartSpec::name).toList();

        assertThat(names).containsSubsequence("db", "read", "read-group").containsSubsequence("app-lb", "web");
    }

    @Test
    void overridesReplaceAndAddValues() {
        StackDescriptor descriptor = read(
                "stack.service.items=7", "stack.faults.refuse=[GetMetricData]", "stack.binaries.redis-server=/bin/sh");

        assertThat(descriptor.common().service().items()).isEqualTo(7);
        assertThat(descriptor.common().faults().refuse()).containsExactly("GetMetricData");
        assertThat(descriptor.common().binaries().redisServer()).contains(Path.of("/bin/sh"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "stack.parts.web.typ=1 | unknown key 'stack.parts.web.typ'; did you mean 'stack.parts.web.type'? Valid: "
                        + "stack.parts.web.behind, stack.parts.web.hosts, stack.parts.web.kind, "
                        + "stack.parts.web.reads-from, stack.parts.web.runs, stack.parts.web.tier, stack.parts.web.tls, stack.parts.web.type, stack.parts.web.uses",
                "stack.grup.max=1 | unknown key 'stack.grup'. Valid: stack.binaries, stack.faults, "
                        + "stack.instance-types, stack.parts, stack.service, stack.stages, stack.zones",
                "stack.stages.auto-scaled.adds=[web-grup] | stack.stages.auto-scaled.adds[0]: unknown value 'web-grup'; did "
                        + "you mean 'web-group'? Valid: address, app-lb, box,",
                "stack.parts.read.uses=[bd] | stack.parts.read.uses: unknown part 'bd'",
                "stack.stages.object-store.removes=[db] | stack.stages.object-store.removes[0]: unknown value 'db'",
                "stack.parts.read-group.max=0 | stack.parts.read-group.max: must be in [1, 16], was '0'",
                "stack.parts.read-group.max=17 | stack.parts.read-group.max: must be in [1, 16], was '17'",
                "stack.parts.read-group.desired=5 | stack.parts.read-group.desired: must be in [1, 4], was '5'",
                "stack.parts.db.replicas=5 | stack.parts.db.replicas: must be in [0, 4], was '5'",
                "stack.service.read-cost=5 | stack.service.read-cost: must be a duration such as '500 ms', '30 s' or "
                        + "'7 min', was '5'",
                "stack.service.read-cost=11 s | stack.service.read-cost: must be in [1 us, 10 s], was '11 s'",
                "stack.parts.cache.max-memory=1 MB | stack.parts.cache.max-memory: must be a size such as '64 MiB' (KiB, MiB or "
                        + "GiB), was '1 MB'",
                "stack.parts.cache.max-memory=1 MiB | stack.parts.cache.max-memory: must be in [2 MiB, 4096 MiB], was '1 MiB'",
                "stack.parts.read-group.policy.type=magic | stack.parts.read-group.policy.type: unknown value 'magic'. Valid: simple, step, target-tracking",
                "stack.faults.replica-stopped=tru | stack.faults.replica-stopped: unknown value 'tru'; did you mean "
                        + "'true'? Valid: false, true",
                "stack.binaries.mariadbd=/nowhere | stack.binaries.mariadbd: must be an executable file, was "
                        + "'/nowhere'"
            })
    void aWrongValueIsRefusedWithItsRule(String override, String message) {
        assertThatThrownBy(() -> read(override))
                .isInstanceOf(DocumentException.class)
                .hasMessageStartingWith("--set " + override + ": " + message);
    }

    @ParameterizedTest
    @CsvSource({
        "stack.parts.read-group.max=16",
        "stack.parts.read-group.max=1",
        "stack.parts.db.replicas=4",
        "stack.service.read-cost=10 s"
    })
    void aValueAtItsLimitIsTaken(String override) {
        assertThat(read(override)).isNotNull();
    }

    @Test
    void aMisspeltKeyOfTheFileIsNamedWithItsLine() {
        Document.Node document = Document.parse("test.yaml", """
                kind: embedded
                region: us-east-1
                stages: [auto-scaled]
                stack:
                  zone: [a]
                """);

        assertThatThrownBy(() -> StackDescriptorReader.read(document, "auto-scaled", Kinds.ALL))
                .hasMessage("test.yaml:5: unknown key 'stack.zone'; did you mean 'stack.zones'? Valid: stack.binaries,"
                        + " stack.faults, stack.instance-types, stack.parts, stack.service, stack.stages, stack.zones");
    }

    @Test
    void anotherStageIsRefusedWithTheValidOnes() {
        assertThatThrownBy(() -> StackDescriptorReader.read(Document.read(SHIPPED), "nowhere", Kinds.ALL))
                .hasMessage(SHIPPED + ":10: stages: this environment cannot be 'nowhere'; valid: single-box,"
                        + " object-store, load-balanced, cached-replicas, auto-scaled, distributed-data");
    }
}
