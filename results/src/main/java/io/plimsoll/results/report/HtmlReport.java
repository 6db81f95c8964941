package io.plimsoll.results.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.verdict.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** {@code report.html}: the verdict and its evidence on one page that needs no network. */
final class HtmlReport {
    private static final String LIBRARY = "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js";

    private static final int MOST_INPUTS = 40;
    /** Characters of one file shown at most. */
    private static final int LONGEST_INPUT = 20_000;

    private HtmlReport() {}

    static String render(Verdict verdict, Evidence evidence) {
        return render(verdict, evidence, Attachments.NONE);
    }

    static String render(Verdict verdict, Evidence evidence, Attachments attachments) {
        TemplateEngine templates = TemplateEngine.createPrecompiled(
                null, ContentType.Html, HtmlReport.class.getClassLoader(), HtmlReport.class.getPackageName());
        StringOutput html = new StringOutput();
        templates.render("report.jte", page(verdict, evidence, attachments), html);
        return html.toString();
    }

    private static Page page(Verdict verdict, Evidence evidence, Attachments attachments) {
        TimeAxis axis = TimeAxis.of(evidence);
        ClientCharts client = new ClientCharts(evidence, axis);
        MetricCharts metrics = new MetricCharts(evidence, axis);
        List<Chart> charts = new ArrayList<>(List.of(client.rate(), client.latency(), client.errors()));
        charts.addAll(metrics.charts());
        List<Chart> further = metrics.further();
        Chart distribution = LatencyPlot.of(evidence);
        List<Chart> drawn = new ArrayList<>(charts);
        drawn.addAll(further);
        List<Phase> phases = evidence.facts().plan().map(LoadPlan::phases).orElse(List.of());
        HeatMap heat = HeatMap.of(evidence, axis);
        Optional<CapacityView> capacity = attachments.capacity().map(CapacityView::of);
        List<ChartJson.Plot> plots = new ArrayList<>(List.of(new ChartJson.Plot(distribution, true)));
        capacity.ifPresent(found -> plots.add(new ChartJson.Plot(found.curve(), false)));
        String data = ChartJson.of(axis, phases, EventMarks.of(evidence, axis), drawn, plots, heat);
        return new Page(
                plain(Words.of(verdict.outcome()) + ": " + verdict.stage() + " on " + verdict.environment()),
                Ledger.Badge.of(verdict.outcome()),
                plain(verdict.reason()),
                Basis.of(verdict, evidence).sentence(),
                Coverage.of(verdict),
                essentials(verdict, evidence),
                Ledger.of(verdict, axis),
                charts,
                further,
                distribution,
                RequestTable.of(evidence),
                heat,
                ScaleOutLegs.of(verdict, evidence),
                ScaleOut.of(evidence),
                EventMarks.table(evidence, axis),
                validity(verdict),
                List.of(
                        RunTables.run(verdict, evidence),
                        RunTables.load(evidence),
                        RunTables.health(evidence),
                        RunTables.collection(evidence)),
                StackPicture.of(evidence, attachments.capacity().flatMap(CapacityResult::binding)),
                RunTables.topology(evidence),
                capacity,
                BaselineTable.of(attachments),
                inputs(attachments),
                List.of(Commands.again(verdict, evidence.facts()), Commands.judge(verdict), Commands.signOff(verdict)),
                assets(data));
    }

    private static List<List<String>> essentials(Verdict verdict, Evidence evidence) {
        return RunTables.essentials(verdict, evidence).stream()
                .map(fact -> List.of(plain(fact.get(0)), plain(fact.get(1))))
                .toList();
    }

    private static List<Page.Input> inputs(Attachments attachments) {
        return attachments.inputs().entrySet().stream()
                .filter(input -> !input.getKey().equals(BaselineTable.INPUT))
                .limit(MOST_INPUTS)
                .map(input -> new Page.Input(plain(input.getKey()), cut(PlainText.block(input.getValue()))))
                .toList();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_INPUT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_INPUT / 2))
                        + "… (cut; the whole file is in the evidence)\n";
    }

    private static Table validity(Verdict verdict) {
        List<List<String>> rows = verdict.validity().stream()
                .map(check -> List.of(check.name(), Words.of(check.outcome()), check.reason()))
                .toList();
        return new Table(
                "Whether the run can be relied on",
                List.of("Check", "Outcome", "Why"),
                List.of(),
                rows,
                "No validity check was made.");
    }

    private static Page.Assets assets(String data) {
        String library = resource(LIBRARY);
        String script = resource("report.js");
        String policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src '" + digest(library)
                + "' '" + digest(script) + "'";
        return new Page.Assets(policy, resource("report.css"), library, script, data);
    }

    /** Text on the class path, with the line ends that an HTML parser makes of any. */
    private static String resource(String name) {
        try (InputStream stream = HtmlReport.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("report: " + name + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\r\n", "\n")
                    .replace('\r', '\n');
        } catch (IOException e) {
            throw new UncheckedIOException("report: " + name + " cannot be read", e);
        }
    }

    /** The hash by which a content security policy allows an inline script. */
    private static String digest(String script) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String plain(String outside) {
        return PlainText.line(outside);
    }
}
