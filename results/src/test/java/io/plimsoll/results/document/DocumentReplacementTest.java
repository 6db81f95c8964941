package io.plimsoll.results.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentReplacementTest {
    private final Document.Node original = Document.parse("test.yaml", """
            a: 1
            group:
              min: 1
              max: 4
            z: 9
            """);

    @Test
    void aReplacedValueNamesWhatReplacedItAndTheOthersStayAsTheyWere() {
        Document.Node replaced = original.with("group.max", "x", "--set group.max=x");

        assertThatThrownBy(() -> replaced.required("group").required("max").integer(1, 9))
                .hasMessage("--set group.max=x: group.max: must be a number, was 'x'");
        assertThat(replaced.required("group").required("min").place()).isEqualTo("test.yaml:3");
        assertThat(replaced.keys()).containsExactly("a", "group", "z");
        assertThat(replaced.required("group").keys()).containsExactly("min", "max");
        assertThat(original.required("group").required("max").text()).isEqualTo("4");
    }

    @Test
    void aKeyThatIsNotThereIsAddedForItsReaderToJudge() {
        Document.Node replaced = original.with("group.mux", "2", "--set group.mux=2");

        assertThatThrownBy(() -> replaced.required("group").allowOnly("min", "max"))
                .hasMessage("--set group.mux=2: unknown key 'group.mux'; did you mean 'group.max'? Valid: group.max,"
                        + " group.min");
    }

    @Test
    void theWayToAKeyMustBeThere() {
        assertThatThrownBy(() -> original.with("grup.max", "2", "--set grup.max=2"))
                .isInstanceOf(DocumentException.class)
                .hasMessage("--set grup.max=2: unknown key 'grup'; did you mean 'group'? Valid: a, group, z");
        assertThatThrownBy(() -> original.with("a.b", "2", "--set a.b=2"))
                .hasMessage("test.yaml:1: a: must be a mapping of keys to values, was '1'");
    }

    @Test
    void aListReplacesAValueAndItsItemsNameTheirPlace() {
        Document.Node list = original.with("a", "[x, y]", "--set a=[x, y]").required("a");

        assertThat(list.items()).extracting(Document.Node::text).containsExactly("x", "y");
        assertThatThrownBy(() -> list.items().get(1).oneOf(List.of("x")))
                .hasMessage("--set a=[x, y]: a[1]: unknown value 'y'; did you mean 'x'? Valid: x");
    }

    @Test
    void severalReplacementsAddUp() {
        Document.Node replaced = original.with("a", "2", "first").with("z", "3", "second");

        assertThat(replaced.required("a").place()).isEqualTo("first");
        assertThat(replaced.required("z").place()).isEqualTo("second");
    }

    @Test
    void aKeyThatHoldsDotsIsFoundWhole() {
        Document.Node original = Document.parse("f", "types: {a: {v: 0}, a.b: {v: 1}, a.b.c: {v: 2}}");
        Document.Node replaced = original.with("types.a.b.v", "9", "--set types.a.b.v=9");
        assertThat(replaced.required("types").required("a.b").required("v").text())
                .isEqualTo("9");
        assertThat(replaced.required("types").required("a.b.c").required("v").text())
                .isEqualTo("2");
    }
}
