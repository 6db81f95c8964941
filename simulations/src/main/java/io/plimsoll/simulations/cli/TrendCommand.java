package io.plimsoll.simulations.cli;

import io.plimsoll.assertions.judgement.Trend;
import io.plimsoll.simulations.EarlierRuns;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows how what runs came to moved, and where it changed for good. */
@Command(
        name = "trend",
        description = {
            "Shows how the numbers of past runs moved, and where they changed for good (E-divisive means).",
            "Exit code: 0, or 64 if there is no run."
        },
        mixinStandardHelpOptions = true)
final class TrendCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--results",
            paramLabel = "DIRECTORY",
            defaultValue = "results",
            description = "Where 'runs' and 'baselines' are. Default: ${DEFAULT-VALUE}")
    private Path results = Path.of("");

    @Option(names = "--of", paramLabel = "TEXT", defaultValue = "", description = "Only numbers whose name holds this")
    private String of = "";

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a page with a chart of each")
    private @Nullable Path html;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Trend> trends = Trend.of(EarlierRuns.all(results)).stream()
                .filter(trend -> trend.what().contains(of))
                .toList();
        if (trends.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .printf(
                            "plimsoll: %s: no run there has figures%s%n",
                            results, of.isEmpty() ? "" : " of '" + of + "'");
            spec.commandLine().getErr().flush();
            return PlimsollCommand.USAGE;
        }
        String group = "";
        for (Trend trend : trends) {
            if (!trend.group().equals(group)) {
                group = trend.group();
                out.printf("%s%n", group);
            }
            print(trend, out);
        }
        Optional<Path> page = Optional.ofNullable(html);
        if (page.isPresent()) {
            Files.writeString(page.get(), TrendPage.render(trends), StandardCharsets.UTF_8);
            out.printf("Page: %s%n", page.get());
        }
        out.flush();
        return 0;
    }

    private static void print(Trend trend, PrintWriter out) {
        List<Trend.Point> points = trend.points();
        out.printf(
                "  %-60s %s  %s to %s, %d runs%n",
                trend.what(),
                Sparkline.of(points.stream().mapToDouble(Trend.Point::value).toArray()),
                points.get(0).text(),
                points.get(points.size() - 1).text(),
                points.size());
        trend.changes().forEach(change -> out.printf("    changed %s%n", change.text()));
        if (points.size() < Trend.LEAST_RUNS) {
            out.printf("    too few runs to tell a change: at least %d are needed%n", Trend.LEAST_RUNS);
        }
    }
}
