package io.plimsoll.results.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {
    @TempDir
    Path directory;

    private static Document.Node parse(String... lines) {
        return Document.parse("local.yaml", String.join("\n", lines));
    }

    private static Document.Node value(String text) {
        return parse("settle:", "  wait: " + text).required("settle").required("wait");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(ThrowingCallable reading) {
        return assertThatThrownBy(reading).isInstanceOf(DocumentException.class);
    }

    @Test
    void theExampleOfThePackageWorks() throws IOException {
        Path file = Files.writeString(directory.resolve("local.yaml"), "environment: local\nsettle: 15 s\n");

        Document.Node root = Document.read(file);
        root.allowOnly("environment", "settle");
        assertThat(root.required("environment").text()).isEqualTo("local");
        assertThat(root.optional("settle").map(Document.Node::duration).orElse(Duration.ofSeconds(30)))
                .isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void aValueKnowsItsPlace() {
        Document.Node node = parse("# first", "load:", "  hosts: [a, \"b\"]")
                .required("load")
                .required("hosts");

        assertThat(node.key()).isEqualTo("load.hosts");
        assertThat(node.place()).isEqualTo("local.yaml:3");
        assertThat(node.line()).isEqualTo(3);
        assertThat(node.column()).isEqualTo(10);
        assertThat(node.items()).extracting(Document.Node::text).containsExactly("a", "b");
        assertThat(node.items().get(1).key()).isEqualTo("load.hosts[1]");
        assertThat(node.items().get(1).column()).isEqualTo(14);
    }

    @Test
    void keysComeInFileOrder() {
        assertThat(parse("z: 1", "a: 2", "m: 3").keys()).containsExactly("z", "a", "m");
        assertThat(parse("z: 1", "a: 2").mapping().keySet()).containsExactly("z", "a");
    }

    @Test
    void anUnknownKeyIsNamedWhereItStands() {
        Document.Node root = parse("environment: local", "stak:", "  group: 1");

        assertRefused(() -> root.allowOnly("environment", "stack"))
                .hasMessage("local.yaml:2: unknown key 'stak'; did you mean 'stack'? Valid: environment, stack");
        assertRefused(() -> root.required("stak").allowOnly("groups"))
                .hasMessage("local.yaml:3: unknown key 'stak.group'; did you mean 'stak.groups'? Valid: stak.groups");
    }

    @Test
    void aKeyGivenTwiceIsRefused() {
        assertRefused(() -> parse("stack:", "  min: 1", "  max: 2", "  min: 3")
                        .required("stack")
                        .keys())
                .hasMessage("local.yaml:4: stack.min: key must be given once");
    }

    @Test
    void aMissingKeyIsNamed() {
        assertRefused(() -> parse("a: 1").required("b")).hasMessage("local.yaml:1: key 'b' is required");
        assertRefused(() -> parse("", "a:", "  c: 1").required("a").required("b"))
                .hasMessage("local.yaml:3: a: key 'b' is required");
        assertThat(parse("a: 1").optional("b")).isEmpty();
    }

    @Test
    void aValueOfAnotherShapeIsRefused() {
        assertRefused(() -> value("5").keys())
                .hasMessage("local.yaml:2: settle.wait: must be a mapping of keys to values, was '5'");
        assertRefused(() -> value("5").items()).hasMessage("local.yaml:2: settle.wait: must be a list, was '5'");
        assertRefused(() -> value("[1]").text()).hasMessage("local.yaml:2: settle.wait: must be a single value");
        assertRefused(() -> value("").text()).hasMessage("local.yaml:2: settle.wait: must not be blank, was ''");
        assertRefused(() -> value("' '").text()).hasMessage("local.yaml:2: settle.wait: must not be blank, was ' '");
        assertRefused(() -> value("{[a]: b}").keys()).hasMessage("local.yaml:2: settle.wait: keys must be plain text");
    }

    @Test
    void aWordMustBeOneOfAFew() {
        assertThat(value("spike").oneOf(List.of("ramp", "spike"))).isEqualTo("spike");
        assertRefused(() -> value("spik").oneOf(List.of("spike", "ramp")))
                .hasMessage(
                        "local.yaml:2: settle.wait: unknown value 'spik'; did you mean 'spike'? Valid: ramp, spike");
        assertThat(value("true").flag()).isTrue();
        assertThat(value("false").flag()).isFalse();
        assertRefused(() -> value("yes").flag())
                .hasMessage("local.yaml:2: settle.wait: unknown value 'yes'. Valid: false, true");
    }

    @Test
    void aDurationNeedsItsUnit() {
        assertThat(value("500 ms").duration()).isEqualTo(Duration.ofMillis(500));
        assertRefused(() -> value("500").duration())
                .hasMessage(
                        "local.yaml:2: settle.wait: must be a duration such as '500 ms', '30 s' or '7 min', was '500'");
    }

    @Test
    void aNumberKeepsItsLimits() {
        assertThat(value("0").number(0, 1)).isEqualTo(0);
        assertThat(value("1").number(0, 1)).isEqualTo(1);
        assertThat(value("-.5e-1").number(-1, 1)).isEqualTo(-0.05);
        assertRefused(() -> value("1.001").number(0.1, 1))
                .hasMessage("local.yaml:2: settle.wait: must be in [0.1, 1], was '1.001'");
        assertRefused(() -> value("-0.001").number(0, Double.MAX_VALUE))
                .hasMessage("local.yaml:2: settle.wait: must be in [0, 1.7976931348623157E308], was '-0.001'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "1d", "1f", "0x10p0", "1_000", "NaN", "Infinity", "1 s"})
    void whatIsNoNumberIsRefused(String text) {
        assertRefused(() -> value(text).number(0, Double.POSITIVE_INFINITY))
                .hasMessage("local.yaml:2: settle.wait: must be a number, was '" + text + "'");
    }

    @Test
    void aWholeNumberIsWhole() {
        assertThat(value("4").integer(1, 4)).isEqualTo(4);
        assertThat(value("2147483647").integer(0, Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertRefused(() -> value("1.5").integer(1, 4))
                .hasMessage("local.yaml:2: settle.wait: must be a whole number, was '1.5'");
        assertRefused(() -> value("5").integer(1, 4))
                .hasMessage("local.yaml:2: settle.wait: must be in [1, 4], was '5'");
        assertRefused(() -> value("2147483648").integer(0, Integer.MAX_VALUE))
                .hasMessage("local.yaml:2: settle.wait: must be in [0, 2147483647], was '2147483648'");
    }

    @Test
    void whatIsNoYamlIsRefusedWithItsLine() {
        assertRefused(() -> parse("a: 1", "b: [1, 2")).hasMessageStartingWith("local.yaml:2: not valid YAML: ");
        assertRefused(() -> parse("a: 1", "---", "b: 2")).hasMessageStartingWith("local.yaml:2: not valid YAML: ");
        assertRefused(() -> parse("a: \u0001"))
                .hasMessageStartingWith("local.yaml: not valid YAML: special characters");
        assertRefused(() -> parse("")).hasMessage("local.yaml: must not be empty");
        assertRefused(() -> parse("# only a comment")).hasMessage("local.yaml: must not be empty");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        Path missing = directory.resolve("none.yaml");
        Path binary = Files.write(directory.resolve("binary.yaml"), new byte[] {(byte) 0xFF});

        assertRefused(() -> Document.read(missing)).hasMessage(missing + ": no such file");
        assertRefused(() -> Document.read(binary)).hasMessageStartingWith(binary + ": cannot be read: ");
    }
}
