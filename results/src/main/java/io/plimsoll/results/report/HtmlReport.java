package io.plimsoll.results.report;

import gg.jte.output.StringOutput;
import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code report.html}: the verdict and its evidence on one page that needs no network. */
final class HtmlReport {
    private static final int MOST_INPUTS = 40;
    /** Characters of one file shown at most. */
    private static final int LONGEST_INPUT = 20_000;

    private HtmlReport() {}

    static String render(Verdict verdict, Evidence evidence) {
        return render(verdict, evidence, Attachments.NONE);
    }

    static String render(Verdict verdict, Evidence evidence, Attachments attachments) {
        StringOutput html = new StringOutput();
        PageAssets.templates().render("report.jte", page(verdict, evidence, attachments), html);
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
                facts(verdict, evidence, attachments),
                StackPicture.of(evidence, attachments.binding()),
                attachments.limits().map(found -> plain(found.sentence())).orElse(""),
                RunTables.topology(evidence),
                capacity,
                BaselineTable.of(attachments),
                inputs(attachments),
                List.of(Commands.again(verdict, evidence.facts()), Commands.judge(verdict), Commands.signOff(verdict)),
                assets(data));
    }

    private static List<Table> facts(Verdict verdict, Evidence evidence, Attachments attachments) {
        List<Table> facts = new ArrayList<>(
                List.of(RunTables.run(verdict, evidence), RunTables.load(evidence), RunTables.health(evidence)));
        if (!attachments.injectors().isEmpty()) {
            facts.add(InjectorTable.of(attachments.injectors()));
        }
        facts.add(RunTables.collection(evidence));
        return facts;
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
        String library = PageAssets.library();
        String script = PageAssets.script("report.js");
        return new Page.Assets(
                PageAssets.policy(library, script), PageAssets.text("report.css"), library, script, data);
    }

    private static String plain(String outside) {
        return PlainText.line(outside);
    }
}
