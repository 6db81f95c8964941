package io.plimsoll.results.report;

import io.plimsoll.results.verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the reports of {@link ExampleRun} and {@link HostileRun} below a directory, to be looked at. */
final class ExampleReports {
    private ExampleReports() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        for (Outcome outcome : new Outcome[] {Outcome.PASS, Outcome.FAIL}) {
            Path run = Files.createDirectories(directory.resolve(outcome.name()));
            Reports.writeAll(run, ExampleRun.verdict(outcome), ExampleRun.evidence());
            System.out.print(ConsoleTable.render(ExampleRun.verdict(outcome), 100, false));
        }
        Path hostile = Files.createDirectories(directory.resolve("hostile"));
        Reports.writeAll(hostile, HostileRun.verdict(), HostileRun.evidence());
    }
}
