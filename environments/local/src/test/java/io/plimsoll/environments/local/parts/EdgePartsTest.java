package io.plimsoll.environments.local.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.descriptor.StackDescriptorReader;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts between clients and servers, as the shipped file describes them. */
class EdgePartsTest {
    private static final Path SHIPPED = Path.of("..", "local.yaml");

    private static List<PartSpec> read(String... overrides) {
        Document.Node document = Document.read(SHIPPED);
        for (String override : overrides) {
            int equals = override.indexOf('=');
            document =
                    document.with(override.substring(0, equals), override.substring(equals + 1), "--set " + override);
        }
        return StackDescriptorReader.read(document, "auto-scaled", Kinds.ALL).parts();
    }

    @Test
    void theShippedStackHasThem() {
        List<PartSpec> parts = read();

        assertThat(parts)
                .hasAtLeastOneElementOfType(CdnSpec.class)
                .hasAtLeastOneElementOfType(ObjectStoreSpec.class)
                .hasAtLeastOneElementOfType(TcpBalancerSpec.class)
                .hasAtLeastOneElementOfType(NameServiceSpec.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "stack.parts.lb.tls=yess | stack.parts.lb.tls: unknown value 'yess'. Valid: false, true",
                "stack.parts.lb.stickiness=500 ms | stack.parts.lb.stickiness: must be in [1 s, 7 d], was '500 ms'",
                "stack.parts.cdn.default-ttl=2 h | stack.parts.cdn.max-ttl: must be in [2 h, 365 d], was '1 h'",
                "stack.parts.cdn.memory=1 KiB | stack.parts.cdn.memory: must be in [1 MiB, 1024 MiB], was '1 KiB'",
                "stack.parts.store.objects=1001 | stack.parts.store.objects: must be in [0, 1000], was '1001'",
                "stack.parts.replica-lb.healthy-threshold=0 | stack.parts.replica-lb.healthy-threshold: must be in "
                        + "[1, 10], was '0'",
                "stack.parts.dns.zone=Plimsoll | stack.parts.dns.zone: must be a domain name such as plimsoll.test, "
                        + "was 'Plimsoll'",
                "stack.parts.dns.ttl=1500 ms | stack.parts.dns.ttl: must be whole seconds, was '1500 ms'"
            })
    void aWrongValueIsRefusedWithItsRule(String override, String message) {
        assertThatThrownBy(() -> read(override))
                .isInstanceOf(DocumentException.class)
                .message()
                .endsWith(message);
    }

    @Test
    void aNameForAPartThatThereIsNotIsRefused() {
        assertThatThrownBy(() -> read("stack.parts.dns.names.store=nowhere"))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("unknown part 'nowhere'");
    }
}
