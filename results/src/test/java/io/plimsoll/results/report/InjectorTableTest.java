package io.plimsoll.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.load.LoadPlan;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.Phase;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.run.EvidenceDirectory;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.run.ShardFacts;
import io.plimsoll.results.verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of three injectors one did its part, one published nothing, and one left files that say nothing. */
class InjectorTableTest {
    private static final Instant T0 = Instant.parse("2026-11-25T12:00:00Z");
    private final EvidenceDirectory evidence;

    InjectorTableTest(@TempDir Path runs) {
        evidence = EvidenceDirectory.create(runs, "run");
    }

    @BeforeEach
    void publish() throws IOException {
        assertThat(evidence.injectorRecords()).isEmpty();
        RequestHistograms requests = new RequestHistograms.Builder()
                .record("read", RequestOutcome.OK, T0.plusSeconds(1).toEpochMilli(), 12)
                .build();
        LoadPlan plan = new LoadPlan(
                "plan", List.of(new Phase("steady", new TimeWindow(T0, T0.plusSeconds(100)), 20, 20)), new TreeMap<>());
        Files.createDirectories(evidence.injectors().directory());
        evidence.injectors()
                .publish(
                        new ShardFacts(
                                ShardFacts.FORMAT,
                                "run",
                                0,
                                3,
                                "node-7|<b>",
                                T0,
                                4,
                                RunFacts.State.COMPLETE,
                                "",
                                plan,
                                requests.span(),
                                1950,
                                new LogIntegrity(1980, 1980, 1980, 0, List.of()),
                                Optional.of(new RunFacts.InjectorHealth(4, 0.25, 0.5, 0.3, 3, 4, 5)),
                                Optional.of(new RunFacts.ClockOffset(-3, 51)),
                                ShardFacts.GEOMETRY,
                                "",
                                new TreeMap<>()),
                        requests);
        write("injector-0.exit", "0\n");
        write("injector-1.exit", "137\n");
        write("injector-2.json", "{}");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(evidence.injectors().directory().resolve(name), text);
    }

    @Test
    void eachInjectorHasARowWithWhatItPublished() {
        String sha256 = evidence.injectors().facts(0).orElseThrow().logSha256();
        assertThat(InjectorTable.of(evidence.injectorRecords()).rows())
                .containsExactly(
                        List.of(
                                "0",
                                "node-7|<b>",
                                "1,980",
                                "1,950 of 2,000, 97.5 %",
                                "4 ms",
                                "25 %, 50 % of 4 cores",
                                "-3 ms ± 51 ms",
                                "0",
                                sha256),
                        List.of("1", "published nothing", "0", "", "", "", "", "137", ""),
                        List.of("2", "published nothing", "0", "", "", "", "", "none", ""));
    }

    @Test
    void summaryAndReportShowThem() {
        Attachments attachments = new Attachments(
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(),
                Optional.empty(),
                Optional.empty(),
                evidence.injectorRecords());
        assertThat(SummaryMarkdown.render(ExampleRun.verdict(Outcome.PASS), ExampleRun.evidence(), attachments))
                .contains("### Injectors\n\n| Injector | Host | Requests sent |")
                .contains("| 0 | node-7\\|&lt;b&gt; | 1,980 | 1,950 of 2,000, 97.5 % | 4 ms |")
                .contains("| 1 | published nothing | 0 |");
        assertThat(HtmlReport.render(ExampleRun.verdict(Outcome.PASS), ExampleRun.evidence(), attachments))
                .contains("node-7|&lt;b&gt;")
                .contains("1,950 of 2,000, 97.5 %");
    }

    @Test
    void oneInjectorHasNoTable() {
        assertThat(SummaryMarkdown.render(ExampleRun.verdict(Outcome.PASS), ExampleRun.evidence(), Attachments.NONE))
                .doesNotContain("Injectors");
        assertThat(HtmlReport.render(ExampleRun.verdict(Outcome.PASS), ExampleRun.evidence()))
                .doesNotContain("SHA-256 of its log");
    }
}
