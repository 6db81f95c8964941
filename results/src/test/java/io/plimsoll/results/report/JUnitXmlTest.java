package io.plimsoll.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.Verdict;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class JUnitXmlTest {
    private static final Evidence EVIDENCE = ExampleRun.evidence();

    private static Document parse(Verdict verdict, Evidence evidence) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(JUnitXml.render(verdict, evidence))));
    }

    private static List<Element> elements(Document xml, String name) {
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < xml.getElementsByTagName(name).getLength(); i++) {
            found.add((Element) xml.getElementsByTagName(name).item(i));
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource({"FAIL,failure,1,0", "INVALID,error,0,1", "INCONCLUSIVE,error,0,1"})
    void whatIsNotPassIsRed(Outcome outcome, String element, String failures, String errors) throws Exception {
        Document xml = parse(ExampleRun.verdict(outcome), EVIDENCE);

        assertThat(elements(xml, element)).singleElement().satisfies(red -> {
            assertThat(red.getAttribute("type")).isEqualTo(outcome.name());
            assertThat(red.getAttribute("message")).startsWith(outcome + ": p95(read)");
        });
        Element all = xml.getDocumentElement();
        assertThat(all.getAttribute("failures")).isEqualTo(failures);
        assertThat(all.getAttribute("errors")).isEqualTo(errors);
    }

    @Test
    void aRunThatPassesHasNothingRed() throws Exception {
        Document xml = parse(ExampleRun.verdict(Outcome.PASS), EVIDENCE);

        assertThat(elements(xml, "failure")).isEmpty();
        assertThat(elements(xml, "error")).isEmpty();
    }

    @Test
    void everySloAndEveryValidityCheckIsACase() throws Exception {
        Document xml = parse(ExampleRun.verdict(Outcome.PASS), EVIDENCE);

        assertThat(elements(xml, "testcase"))
                .extracting(item -> item.getAttribute("name"))
                .containsExactly(
                        "achieved rate",
                        "log integrity",
                        "injector CPU",
                        "time from load-step to healthy <= 7 min",
                        "p95(read) <= 500 ms during steady",
                        "scale-in saves and hurts nobody",
                        "min and max hold, one group a tier, zones balanced",
                        "max(replica lag) <= 5 s for each replica",
                        "the memory cache takes the reads");
        assertThat(xml.getDocumentElement().getAttribute("tests")).isEqualTo("9");
    }

    @Test
    void whatWasNotTestedIsSkipped() throws Exception {
        Document xml = parse(ExampleRun.verdict(Outcome.PASS), EVIDENCE);

        assertThat(elements(xml, "skipped"))
                .hasSize(3)
                .allSatisfy(skipped -> assertThat(skipped.getAttribute("message"))
                        .isEqualTo("NOT TESTED: profile ramp does not exercise it"));
    }

    @Test
    void aRunThatTestedNothingIsNotGreen() throws Exception {
        Document xml = parse(ExampleRun.empty(), EVIDENCE);

        assertThat(elements(xml, "error"))
                .singleElement()
                .satisfies(
                        red -> assertThat(red.getAttribute("message")).isEqualTo("INCONCLUSIVE: no claim was tested"));
    }

    @Test
    void hostileTextIsTextAndTheDocumentIsWellFormed() throws Exception {
        Document xml = parse(HostileRun.verdict(), HostileRun.evidence());

        assertThat(elements(xml, "script")).isEmpty();
        assertThat(elements(xml, "failure").get(0).getAttribute("message")).startsWith("FAIL: " + HostileRun.SHOWN);
    }
}
