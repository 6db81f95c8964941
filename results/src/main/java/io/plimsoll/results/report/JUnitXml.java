package io.plimsoll.results.report;

import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.verdict.ClaimResult;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult;
import io.plimsoll.results.verdict.ValidityCheck;
import io.plimsoll.results.verdict.Verdict;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * {@code junit.xml}: the verdict for a CI, in the form of the Ant JUnit task that CI servers read: a suite of validity
 * checks, then one of each claim with a case of each SLO.
 *
 * <p>FAIL is a {@code failure}, INVALID and INCONCLUSIVE are an {@code error}, NOT TESTED is {@code skipped}. If the
 * verdict is not PASS and yet no check or SLO is red (a run that tested nothing), a case of the verdict itself is added:
 * a CI must never show such a run green.
 */
final class JUnitXml {
    /** One case: {@code seconds} is the length of the window judged. */
    private record Case(String suite, String name, Outcome outcome, String reason, String details, double seconds) {
        boolean red() {
            return outcome != Outcome.PASS && outcome != Outcome.NOT_TESTED;
        }
    }

    private record Suite(String name, List<Case> cases) {
        long count(Outcome... outcomes) {
            return cases.stream()
                    .filter(item -> List.of(outcomes).contains(item.outcome()))
                    .count();
        }
    }

    private JUnitXml() {}

    /** The document, with a newline at its end. */
    static String render(Verdict verdict, Evidence evidence) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            write(xml, verdict, evidence, suites(verdict));
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("junit.xml cannot be printed", e);
        }
        return text + "\n";
    }

    private static List<Suite> suites(Verdict verdict) {
        List<Suite> suites = new ArrayList<>();
        suites.add(new Suite(
                "validity", verdict.validity().stream().map(JUnitXml::testCase).toList()));
        verdict.claims().forEach(claim -> suites.add(new Suite(title(claim), cases(claim))));
        boolean red = suites.stream().flatMap(suite -> suite.cases().stream()).anyMatch(Case::red);
        if (verdict.outcome() != Outcome.PASS && !red) {
            Case whole = new Case("run", "verdict of the run", verdict.outcome(), verdict.reason(), "", 0);
            suites.add(0, new Suite("run", List.of(whole)));
        }
        return suites;
    }

    private static Case testCase(ValidityCheck check) {
        return new Case("validity", check.name(), check.outcome(), check.reason(), "", 0);
    }

    private static List<Case> cases(ClaimResult claim) {
        String suite = claim.stage() + "." + claim.id();
        if (claim.slos().isEmpty()) {
            return List.of(new Case(suite, claim.says(), claim.outcome(), claim.reason(), "", 0));
        }
        return claim.slos().stream()
                .map(slo -> new Case(
                        suite,
                        slo.slo(),
                        slo.outcome(),
                        slo.reason(),
                        details(slo),
                        slo.window()
                                .map(TimeWindow::length)
                                .map(JUnitXml::seconds)
                                .orElse(0.0)))
                .toList();
    }

    private static String title(ClaimResult claim) {
        return claim.id() + " " + claim.says();
    }

    private static String details(SloResult slo) {
        StringBuilder lines = new StringBuilder();
        lines.append("measured: ").append(slo.measured().orElse("nothing")).append('\n');
        lines.append("limit: ").append(slo.limit()).append('\n');
        slo.window()
                .ifPresent(window -> lines.append("window: " + window.start() + " to " + window.end())
                        .append('\n'));
        lines.append("samples: ").append(slo.samples()).append('\n');
        for (SloResult.ResourceResult part : slo.resources()) {
            lines.append(PlainText.line(part.resource()) + ": " + Words.of(part.outcome()) + ": "
                            + PlainText.line(part.reason()))
                    .append('\n');
        }
        return lines.toString();
    }

    private static void write(XMLStreamWriter xml, Verdict verdict, Evidence evidence, List<Suite> suites)
            throws XMLStreamException {
        List<Case> cases =
                suites.stream().flatMap(suite -> suite.cases().stream()).toList();
        line(xml, 0);
        xml.writeStartElement("testsuites");
        attribute(xml, "name", "Plimsoll: " + verdict.stage() + " on " + verdict.environment());
        counts(xml, new Suite("", cases));
        attribute(xml, "time", decimal(Basis.length(evidence).map(JUnitXml::seconds)));
        for (Suite suite : suites) {
            line(xml, 1);
            xml.writeStartElement("testsuite");
            attribute(xml, "name", suite.name());
            counts(xml, suite);
            for (Case item : suite.cases()) {
                write(xml, item);
            }
            line(xml, 1);
            xml.writeEndElement();
        }
        line(xml, 0);
        xml.writeEndElement();
    }

    private static void counts(XMLStreamWriter xml, Suite suite) throws XMLStreamException {
        attribute(xml, "tests", String.valueOf(suite.cases().size()));
        attribute(xml, "failures", String.valueOf(suite.count(Outcome.FAIL)));
        attribute(xml, "errors", String.valueOf(suite.count(Outcome.INVALID, Outcome.INCONCLUSIVE)));
        attribute(xml, "skipped", String.valueOf(suite.count(Outcome.NOT_TESTED)));
    }

    private static void write(XMLStreamWriter xml, Case item) throws XMLStreamException {
        line(xml, 2);
        xml.writeStartElement("testcase");
        attribute(xml, "classname", item.suite());
        attribute(xml, "name", item.name());
        attribute(xml, "time", decimal(Optional.of(item.seconds())));
        line(xml, 3);
        if (item.outcome() == Outcome.PASS) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(PlainText.line(item.reason()));
        } else {
            xml.writeStartElement(element(item.outcome()));
            attribute(xml, "message", Words.of(item.outcome()) + ": " + item.reason());
            if (item.red()) {
                attribute(xml, "type", Words.of(item.outcome()));
                xml.writeCharacters(text(item.details()));
            }
        }
        xml.writeEndElement();
        line(xml, 2);
        xml.writeEndElement();
    }

    private static String element(Outcome outcome) {
        return switch (outcome) {
            case FAIL -> "failure";
            case INVALID, INCONCLUSIVE -> "error";
            case NOT_TESTED -> "skipped";
            case PASS -> "system-out";
        };
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, PlainText.line(value));
    }

    /** Several lines, each made plain. */
    private static String text(String lines) {
        return lines.lines().map(PlainText::line).map(line -> line + "\n").reduce("", String::concat);
    }

    private static void line(XMLStreamWriter xml, int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static String decimal(Optional<Double> seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds.orElse(0.0));
    }
}
