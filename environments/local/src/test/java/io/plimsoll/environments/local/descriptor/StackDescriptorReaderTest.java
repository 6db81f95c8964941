package io.plimsoll.environments.local.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import java.nio.file.Path;
import java.time.Duration;
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
        return StackDescriptorReader.read(document, "auto-scaled");
    }

    @Test
    void readsTheShippedFile() {
        StackDescriptor descriptor = read();

        assertThat(descriptor.zones()).containsExactly("us-east-1a", "us-east-1b");
        assertThat(descriptor.group().type().memoryBytes()).isEqualTo(64L << 20);
        assertThat(descriptor.service().readCost()).isEqualTo(Duration.ofMillis(5));
        assertThat(descriptor.group().policy())
                .isEqualTo(new StackDescriptor.TargetTracking("ASGAverageCPUUtilization", 50, 3, 15));
        assertThat(descriptor.binaries().mariadbd()).isEmpty();
    }

    @Test
    void overridesReplaceAndAddValues() {
        StackDescriptor descriptor =
                read("stack.group.max=1", "stack.faults.refuse=[GetMetricData]", "stack.binaries.redis-server=/bin/sh");

        assertThat(descriptor.group().max()).isEqualTo(1);
        assertThat(descriptor.faults().refuse()).containsExactly("GetMetricData");
        assertThat(descriptor.binaries().redisServer()).contains(Path.of("/bin/sh"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "stack.group.maxx=1 | unknown key 'stack.group.maxx'; did you mean 'stack.group.max'? Valid: "
                        + "stack.group.desired, stack.group.instance-type, stack.group.max, stack.group.min, "
                        + "stack.group.name, stack.group.policy, stack.group.warm-up",
                "stack.grup.max=1 | unknown key 'stack.grup'; did you mean 'stack.group'? Valid: stack.balancer, "
                        + "stack.binaries, stack.cache, stack.database, stack.faults, stack.group, "
                        + "stack.instance-types, stack.service, stack.zones",
                "stack.group.max=0 | stack.group.max: must be in [1, 16], was '0'",
                "stack.group.max=17 | stack.group.max: must be in [1, 16], was '17'",
                "stack.group.desired=5 | stack.group.desired: must be in [1, 4], was '5'",
                "stack.database.replicas=0 | stack.database.replicas: must be in [1, 4], was '0'",
                "stack.service.read-cost=5 | stack.service.read-cost: must be a duration such as '500 ms', '30 s' or "
                        + "'7 min', was '5'",
                "stack.service.read-cost=11 s | stack.service.read-cost: must be in [1 us, 10 s], was '11 s'",
                "stack.cache.max-memory=1 MB | stack.cache.max-memory: must be a size such as '64 MiB' (KiB, MiB or "
                        + "GiB), was '1 MB'",
                "stack.cache.max-memory=1 MiB | stack.cache.max-memory: must be in [2 MiB, 4096 MiB], was '1 MiB'",
                "stack.balancer.name=a_b | stack.balancer.name: must be a letter and then up to 31 letters, digits or "
                        + "hyphens, was 'a_b'",
                "stack.group.policy.type=step | stack.group.policy.type: unknown value 'step'. Valid: target-tracking",
                "stack.faults.replica-stopped=tru | stack.faults.replica-stopped: unknown value 'tru'; did you mean "
                        + "'true'? Valid: false, true",
                "stack.binaries.mariadbd=/nowhere | stack.binaries.mariadbd: must be an executable file, was "
                        + "'/nowhere'"
            })
    void aWrongValueIsRefusedWithItsRule(String override, String message) {
        assertThatThrownBy(() -> read(override))
                .isInstanceOf(DocumentException.class)
                .hasMessage("--set " + override + ": " + message);
    }

    @ParameterizedTest
    @CsvSource({"stack.group.max=16", "stack.group.max=1", "stack.database.replicas=4", "stack.service.read-cost=10 s"})
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

        assertThatThrownBy(() -> StackDescriptorReader.read(document, "auto-scaled"))
                .hasMessage("test.yaml:5: unknown key 'stack.zone'; did you mean 'stack.zones'? Valid: stack.balancer,"
                        + " stack.binaries, stack.cache, stack.database, stack.faults, stack.group,"
                        + " stack.instance-types, stack.service, stack.zones");
    }

    @Test
    void anotherStageIsRefusedWithTheValidOnes() {
        assertThatThrownBy(() -> StackDescriptorReader.read(Document.read(SHIPPED), "single-box"))
                .hasMessage(SHIPPED + ":10: stages: this environment cannot be 'single-box'; valid: auto-scaled");
    }
}
