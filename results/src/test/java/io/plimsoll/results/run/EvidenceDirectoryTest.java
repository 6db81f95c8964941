package io.plimsoll.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.results.load.ClientRecord;
import io.plimsoll.results.load.GatlingLog;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceDirectoryTest {
    private static final Set<RequestOutcome> ALL = Set.of(RequestOutcome.values());

    @TempDir
    Path temporary;

    private Path runs = Path.of("");
    private Path input = Path.of("");

    @BeforeEach
    void layOut() throws IOException {
        runs = temporary.resolve("results/runs");
        input = Files.writeString(temporary.resolve("stage.yaml"), "stage: auto-scaled\n");
    }

    private EvidenceDirectory written() {
        return ExampleRun.write(runs, input);
    }

    private static void edit(EvidenceDirectory evidence, String file, String from, String to) throws IOException {
        Path path = evidence.path().resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replace(from, to));
    }

    private static EvidenceDirectory running(EvidenceDirectory evidence) throws IOException {
        evidence.writeFacts(ExampleRun.facts(RunFacts.State.RUNNING));
        Files.delete(evidence.path().resolve("manifest.json"));
        return evidence;
    }

    private static void assertHoldsNoRequest(ClientRecord client) {
        assertThat(client.requestNames()).isEmpty();
        assertThat(client.span().length()).isZero();
    }

    @Test
    void whatIsWrittenIsRead() {
        Evidence evidence = EvidenceDirectory.open(written().path()).read();

        assertThat(evidence.faults()).isEmpty();
        assertThat(evidence.facts()).isEqualTo(ExampleRun.facts(RunFacts.State.COMPLETE));
        assertThat(evidence.topology()).isEqualTo(ExampleRun.topology());
        assertThat(evidence.series())
                .containsExactly(
                        ExampleRun.series("a", "i-9"),
                        ExampleRun.series("host cpu", "i-1"),
                        ExampleRun.series("host cpu", "i-2"));
        assertThat(evidence.events()).containsExactly(ExampleRun.event(2, "sooner"), ExampleRun.event(9, "later"));
        assertThat(evidence.integrity()).isEqualTo(ExampleRun.integrity());
        assertThat(evidence.client().requestNames()).containsExactly("read", "write item");
        assertThat(evidence.client()
                        .longestMillis(Set.of("read"), ALL, evidence.client().span()))
                .isEqualTo(5003);
    }

    @Test
    void theSameRunGivesTheSameFiles() throws IOException {
        Path first = written().path();
        Path second = ExampleRun.write(temporary.resolve("again"), input).path();
        try (Stream<Path> files = Files.walk(first)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(second.resolve(first.relativize(file))).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void writingLeavesNothingButTheEvidence() throws IOException {
        Path evidence = written().path();
        try (Stream<Path> files = Files.walk(evidence)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> evidence.relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            "run.json",
                            "topology.json",
                            "metrics.jsonl",
                            "events.jsonl",
                            "requests.hlog",
                            "integrity.json",
                            "manifest.json",
                            "inputs/assertions/stages/5-auto-scaled.yaml");
        }
    }

    @Test
    void aRunIsCreatedOnceAndByASafeName() {
        EvidenceDirectory.create(runs, "run-1");

        assertThatThrownBy(() -> EvidenceDirectory.create(runs, "run-1"))
                .isInstanceOf(EvidenceException.class)
                .hasMessage(runs.resolve("run-1") + ": must not exist yet");
        assertThatThrownBy(() -> EvidenceDirectory.create(runs, "../run-2"))
                .isInstanceOf(EvidenceException.class)
                .hasMessage("run id must match [A-Za-z0-9][A-Za-z0-9._-]*, was '../run-2'");
    }

    @Test
    void whatIsNoEvidenceIsRefused() throws IOException {
        Path nowhere = temporary.resolve("nowhere");
        Path empty = Files.createDirectory(temporary.resolve("empty"));

        assertThatThrownBy(() -> EvidenceDirectory.open(nowhere))
                .isInstanceOf(EvidenceException.class)
                .hasMessage(nowhere + ": is not an evidence directory: no such directory");
        assertThatThrownBy(() -> EvidenceDirectory.open(empty))
                .isInstanceOf(EvidenceException.class)
                .hasMessage(empty + ": is not an evidence directory: run.json is missing");
    }

    @Test
    void unreadableFactsAreRefused() throws IOException {
        EvidenceDirectory evidence = written();
        Path facts = evidence.path().resolve("run.json");

        edit(evidence, "run.json", "\"timeScale\" : 0.05", "\"timeScale\" : 2.0");
        assertThatThrownBy(evidence::read)
                .isInstanceOf(EvidenceException.class)
                .hasMessage(
                        facts + ": cannot be read: run " + ExampleRun.ID + ": time scale must be in (0, 1], was 2.0");
        Files.writeString(facts, "{\"format\": \"plimsoll-evidence/9\", \"new\": 1}");
        assertThatThrownBy(evidence::read)
                .isInstanceOf(EvidenceException.class)
                .hasMessage(facts + ": evidence format must be plimsoll-evidence/1, was 'plimsoll-evidence/9'");
        Files.writeString(facts, "{\"for");
        assertThatThrownBy(() -> EvidenceDirectory.open(evidence.path()))
                .isInstanceOf(EvidenceException.class)
                .hasMessageStartingWith(facts + ": cannot be read: Unexpected end-of-input");
    }

    @Test
    void factsMustBeWholeAndKnown() throws IOException {
        EvidenceDirectory evidence = written();
        Path facts = evidence.path().resolve("run.json");
        String text = Files.readString(facts);

        Files.writeString(facts, text.replace("  \"stage\" : \"auto-scaled\",\n", ""));
        assertThatThrownBy(evidence::read).hasMessage(facts + ": cannot be read: Missing creator property 'stage'");
        Files.writeString(facts, text.replace("\"stage\"", "\"stagee\" : 1, \"stage\""));
        assertThatThrownBy(evidence::read)
                .hasMessageStartingWith(facts + ": cannot be read: Unrecognized field \"stagee\"");
        Files.writeString(facts, text.replace("\"auto-scaled\"", "null"));
        assertThatThrownBy(evidence::read)
                .hasMessageStartingWith(facts + ": cannot be read: Null value for creator property 'stage'");
        Files.writeString(facts, text.replace("\"timeScale\" : 0.05", "\"timeScale\" : \"0.05\""));
        assertThatThrownBy(evidence::read)
                .hasMessageStartingWith(facts + ": cannot be read: Cannot coerce String value");
    }

    @Test
    void anotherFormatIsAFault() throws IOException {
        EvidenceDirectory evidence = running(written());
        edit(evidence, "run.json", "plimsoll-evidence/1", "plimsoll-evidence/2");

        assertThat(evidence.read().faults())
                .containsExactly("run.json: evidence format must be plimsoll-evidence/1, was 'plimsoll-evidence/2'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topology.json",
                "metrics.jsonl",
                "events.jsonl",
                "integrity.json",
                "requests.hlog",
                "inputs/assertions/stages/5-auto-scaled.yaml"
            })
    void aFileThatIsMissingIsAFault(String file) throws IOException {
        EvidenceDirectory evidence = written();
        Files.delete(evidence.path().resolve(file));

        assertThat(evidence.read().faults()).containsExactly(file + ": is missing, though the manifest lists it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"topology.json", "metrics.jsonl", "events.jsonl", "integrity.json", "requests.hlog"})
    void aFileThatIsMissingIsAFaultOfARunWithoutManifest(String file) throws IOException {
        EvidenceDirectory evidence = running(written());
        assertThat(evidence.read().faults()).isEmpty();
        Files.delete(evidence.path().resolve(file));

        assertThat(evidence.read().faults()).containsExactly(file + ": is missing");
    }

    @Test
    void aFileOfAnotherSizeOrContentIsLeftOut() throws IOException {
        EvidenceDirectory evidence = written();
        String size = "metrics.jsonl: must have " + Files.size(evidence.path().resolve("metrics.jsonl"));
        edit(evidence, "metrics.jsonl", "12.5", "9.5");
        edit(evidence, "requests.hlog", ",12.000,", ",11.000,");
        edit(evidence, "topology.json", "mariadb", "mariedb");
        edit(evidence, "events.jsonl", "sooner", "sOoner");
        edit(evidence, "integrity.json", "\"usersEnded\" : 2", "\"usersEnded\" : 1");

        Evidence read = evidence.read();
        assertThat(read.faults()).hasSize(5);
        assertThat(read.faults().get(0))
                .matches("events.jsonl: must have CRC-32C [0-9a-f]{8} by the manifest, has [0-9a-f]{8}");
        assertThat(read.faults().get(2)).startsWith(size + " bytes by the manifest, has ");
        assertThat(read.topology().resources()).isEmpty();
        assertThat(read.series()).isEmpty();
        assertThat(read.events()).isEmpty();
        assertHoldsNoRequest(read.client());
        assertThat(read.integrity().faults()).containsExactly("not known, as integrity.json cannot be read");
    }

    @Test
    void aFileThatTheManifestDoesNotListIsAFault() throws IOException {
        EvidenceDirectory evidence = written();
        Files.writeString(evidence.path().resolve("inputs/more.yaml"), "x");
        Files.writeString(evidence.path().resolve("verdict.json"), "derived, not evidence");

        assertThat(evidence.read().faults()).containsExactly("inputs/more.yaml: is not in the manifest");
    }

    @Test
    void aCompleteRunNeedsAReadableManifest() throws IOException {
        EvidenceDirectory evidence = written();
        edit(evidence, "manifest.json", "plimsoll-evidence/1", "plimsoll-evidence/0");
        assertThat(evidence.read().faults())
                .containsExactly(
                        "manifest.json: evidence format must be plimsoll-evidence/1, was 'plimsoll-evidence/0'");
        Files.writeString(evidence.path().resolve("manifest.json"), "[]");
        assertThat(evidence.read().faults()).hasSize(1);
        Files.delete(evidence.path().resolve("manifest.json"));
        assertThat(evidence.read().faults()).containsExactly("manifest.json: is missing, though the run is complete");
        evidence.seal();
        assertThat(evidence.read().faults()).isEmpty();
    }

    @Test
    void factsWrittenAfterTheSealAreAFault() {
        EvidenceDirectory evidence = written();
        evidence.writeFacts(ExampleRun.facts(RunFacts.State.ABORTED));

        assertThat(evidence.read().faults()).hasSize(1).first().asString().startsWith("run.json: must have ");
    }

    @Test
    void aLineThatCannotBeReadIsDroppedAndNamed() throws IOException {
        EvidenceDirectory evidence = running(written());
        Path metrics = evidence.path().resolve("metrics.jsonl");
        List<String> lines = Files.readAllLines(metrics);
        Files.write(
                metrics,
                List.of(
                        lines.get(0).replace("12.5", "NaN"),
                        lines.get(0).replace("12.5", "\"NaN\""),
                        lines.get(0).replace("12.5", "1e999"),
                        lines.get(1).replace("03:00:01Z", "03:00:00Z"),
                        lines.get(2),
                        lines.get(2).substring(0, 40)));

        Evidence read = evidence.read();
        assertThat(read.series()).containsExactly(ExampleRun.series("host cpu", "i-2"));
        assertThat(read.faults()).hasSize(5);
        assertThat(read.faults().get(0)).startsWith("metrics.jsonl:1: Non-standard token 'NaN'");
        assertThat(read.faults().get(1)).startsWith("metrics.jsonl:2: ");
        assertThat(read.faults().get(2))
                .isEqualTo("metrics.jsonl:3: sample at 2026-11-24T03:00:00Z: value must be finite, was Infinity");
        assertThat(read.faults().get(3))
                .isEqualTo("metrics.jsonl:4: host cpu of i-1: samples must ascend, at 2026-11-24T03:00:00Z");
        assertThat(read.faults().get(4)).startsWith("metrics.jsonl:6: Unexpected end-of-input");
    }

    @Test
    void aFileThatIsNoTextIsAFault() throws IOException {
        EvidenceDirectory evidence = running(written());
        Files.write(evidence.path().resolve("events.jsonl"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});

        Evidence read = evidence.read();
        assertThat(read.faults()).containsExactly("events.jsonl: cannot be read: must be UTF-8");
        assertThat(read.events()).isEmpty();
    }

    @Test
    void damagedRequestsAreAFaultThatNamesTheLineButNotThePlace() throws IOException {
        EvidenceDirectory evidence = running(written());
        edit(evidence, "requests.hlog", "Tag=read:OK,", "Tag=read:??,");

        Evidence read = evidence.read();
        assertThat(read.faults())
                .containsExactly("requests.hlog:5: must be an interval"
                        + " 'Tag=<name>:<OK|KO>,<second>.000,1.000,<max>.000,<histogram>'");
        assertHoldsNoRequest(read.client());
    }

    @Test
    void aLostLineOfRequestsIsAFault() throws IOException {
        EvidenceDirectory evidence = running(written());
        Path requests = evidence.path().resolve("requests.hlog");
        List<String> lines = Files.readAllLines(requests);
        Files.write(requests, lines.subList(0, lines.size() - 1));

        assertThat(evidence.read().faults())
                .containsExactly("requests.hlog: must hold the 3 requests of integrity.json, holds 2");
    }

    @Test
    void aKilledRunIsReadFromGatlingsLog() throws IOException {
        Path log = gatlingsLog();
        EvidenceDirectory evidence = EvidenceDirectory.create(runs, "killed");
        evidence.writeFacts(ExampleRun.facts(RunFacts.State.RUNNING));
        evidence.adoptLog(log);

        Evidence read = evidence.read();
        assertThat(read.faults())
                .containsExactly(
                        "topology.json: is missing",
                        "metrics.jsonl: is missing",
                        "events.jsonl: is missing",
                        "requests.hlog: is missing; requests are read from simulation.log");
        assertThat(read.client().requestNames()).containsExactly("読む");
        assertThat(read.integrity()).isEqualTo(GatlingLog.read(log).integrity());
        assertThat(read.integrity().intact()).isFalse();
    }

    @Test
    void aKilledRunsLogThatCannotBeReadIsAFault() throws IOException {
        EvidenceDirectory evidence = running(written());
        Files.delete(evidence.path().resolve("requests.hlog"));
        evidence.adoptLog(Files.createFile(temporary.resolve("simulation.log")));

        Evidence read = evidence.read();
        assertThat(read.faults())
                .containsExactly(
                        "requests.hlog: is missing; requests are read from simulation.log",
                        "simulation.log: ends within its Run record, after 0 bytes: Gatling was stopped before its"
                                + " first write of 8192 bytes, or the log is cut");
        assertHoldsNoRequest(read.client());
        assertThat(read.integrity())
                .isEqualTo(new LogIntegrity(0, 0, 0, 0, List.of("not known, as simulation.log cannot be read")));
    }

    @Test
    void theByteOrderOfALogFromAnotherMachineIsKept() throws IOException {
        EvidenceDirectory evidence = EvidenceDirectory.create(runs, "killed");
        evidence.writeFacts(ExampleRun.facts(RunFacts.State.RUNNING));
        evidence.adoptLog(gatlingsLog());
        String other =
                Files.readString(evidence.path().resolve("simulation.log.json")).contains("LITTLE")
                        ? "BIG_ENDIAN"
                        : "LITTLE_ENDIAN";
        Path origin = evidence.path().resolve("simulation.log.json");

        Files.writeString(origin, "{\"byteOrder\": \"" + other + "\"}");
        assertThat(evidence.read().client().requestNames()).containsExactly("\uAD8A\u8030");
        Files.writeString(origin, "{\"byteOrder\": \"MIDDLE\"}");
        assertThat(evidence.read().faults())
                .contains("simulation.log.json: byte order must be BIG_ENDIAN or LITTLE_ENDIAN, was 'MIDDLE'");
    }

    /** A log with one request, as Gatling leaves it when it is killed. */
    private Path gatlingsLog() throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        java.io.DataOutputStream out = new java.io.DataOutputStream(bytes);
        out.write(new byte[] {0, 0, 0, 0, 6, '3', '.', '1', '5', '.', '1', 0, 0, 0, 0, 1, 'S', 0});
        out.writeLong(ExampleRun.START.toEpochMilli());
        out.write(new byte[4 + 4 + 4]);
        out.write(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4});
        boolean big = java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.BIG_ENDIAN;
        out.write("読む"
                .getBytes(
                        big ? java.nio.charset.StandardCharsets.UTF_16BE : java.nio.charset.StandardCharsets.UTF_16LE));
        out.write(new byte[] {1, 0, 0, 0, 1, 0, 0, 0, 9, 1, 0, 0, 0, 2, 0, 0, 0, 0});
        out.write(new byte[] {2, 0, 0});
        return Files.write(temporary.resolve("simulation.log"), bytes.toByteArray());
    }

    @Test
    void anAdoptedLogGrowsWithItsOriginalAndMayBeAdoptedAgain() throws IOException {
        Path log = Files.writeString(temporary.resolve("simulation.log"), "begun");
        EvidenceDirectory evidence = EvidenceDirectory.create(runs, "run-1");
        evidence.adoptLog(log);
        Files.writeString(log, ", done", java.nio.file.StandardOpenOption.APPEND);
        evidence.adoptLog(log);
        evidence.adoptLog(evidence.path().resolve("simulation.log"));

        assertThat(evidence.path().resolve("simulation.log")).hasContent("begun, done");
        assertThatThrownBy(() -> evidence.adoptLog(temporary.resolve("none.log")))
                .isInstanceOf(EvidenceException.class)
                .hasMessageStartingWith(temporary.resolve("none.log") + ": cannot be adopted: ");
    }

    @Test
    void anotherLogReplacesTheAdoptedOne() throws IOException {
        EvidenceDirectory evidence = EvidenceDirectory.create(runs, "run-1");
        evidence.adoptLog(Files.writeString(temporary.resolve("one.log"), "one"));
        evidence.adoptLog(Files.writeString(temporary.resolve("two.log"), "two"));

        assertThat(evidence.path().resolve("simulation.log")).hasContent("two");
        assertThat(temporary.resolve("one.log")).hasContent("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../run.json", "", ".", "a/../../x", "/etc/x", "a\\b"})
    void anInputStaysBelowInputs(String name) {
        EvidenceDirectory evidence = EvidenceDirectory.create(runs, "run-1");

        assertThatThrownBy(() -> evidence.addInput(input, name))
                .isInstanceOf(EvidenceException.class)
                .hasMessage("input must have a name below inputs/, was '" + name + "'");
    }

    @Test
    void anInputIsCopied() throws IOException {
        EvidenceDirectory evidence = EvidenceDirectory.create(runs, "run-1");
        Path copy = evidence.addInput(input, "stage.yaml");
        Files.writeString(input, "changed");

        assertThat(copy).isEqualTo(evidence.path().resolve("inputs/stage.yaml")).hasContent("stage: auto-scaled");
    }

    @Test
    void emptyListsAreEvidenceToo() {
        EvidenceDirectory evidence = written();
        evidence.writeSeries(List.<Series>of());
        evidence.writeEvents(List.<Event>of());
        evidence.seal();

        assertThat(evidence.read().faults()).isEmpty();
        assertThat(evidence.read().series()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topology.json",
                "metrics.jsonl",
                "events.jsonl",
                "integrity.json",
                "requests.hlog",
                "inputs/assertions/stages/5-auto-scaled.yaml"
            })
    void anyChangedByteOfASealedFileIsAFault(String file) throws IOException {
        EvidenceDirectory evidence = written();
        Path path = evidence.path().resolve(file);
        byte[] whole = Files.readAllBytes(path);
        Random random = new Random(file.hashCode());
        for (int i = 0; i < 10; i++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(whole.length)] ^= (byte) (1 + random.nextInt(255));
            Files.write(path, changed);
            assertThat(evidence.read().faults())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith(file + ": must have CRC-32C ");
        }
    }

    @Test
    void aManifestOfBeforeCrc32cWasKeptIsComparedBySha256() throws IOException {
        EvidenceDirectory evidence = written();
        Path manifest = evidence.path().resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replaceAll(",\\s*\"crc32c\" : \"[0-9a-f]{8}\"", ""));
        assertThat(manifest).content().contains("sha256").doesNotContain("crc32c");
        assertThat(evidence.read().faults()).isEmpty();

        edit(evidence, "events.jsonl", "sooner", "sOoner");
        assertThat(evidence.read().faults())
                .hasSize(1)
                .first()
                .asString()
                .matches("events.jsonl: must have SHA-256 [0-9a-f]{64} by the manifest, has [0-9a-f]{64}");
    }

    @Test
    void theManifestHasTheChecksumsThatOtherProgramsCompute() throws IOException {
        EvidenceDirectory evidence = written();
        evidence.writeInput("digits", "123456789");
        evidence.seal();

        assertThat(evidence.path().resolve("manifest.json")).content().contains("""
                        "bytes" : 9,
                              "sha256" : "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
                              "crc32c" : "e3069283"
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"crc32c\" : \"|\"crc32c\" : \"x|CRC-32C",
                "\"sha256\" : \"|\"sha256\" : \"x|SHA-256",
            })
    void aManifestWithoutTheFormOfChecksumsIsAFault(String text, String damaged, String title) throws IOException {
        EvidenceDirectory evidence = written();
        edit(evidence, "manifest.json", text, damaged);

        assertThat(evidence.read().faults())
                .hasSize(1)
                .first()
                .asString()
                .matches("manifest.json: .*: must have a " + title + " in the manifest, had 'x[0-9a-f]+'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"path", "bytes", "sha256"})
    void aManifestThatLacksAPropertyIsAFault(String property) throws IOException {
        EvidenceDirectory evidence = written();
        Path manifest = evidence.path().resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("\"" + property + "\" : [^,]*,", ""));

        assertThat(evidence.read().faults()).hasSize(1).first().asString().startsWith("manifest.json: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topology.json",
                "metrics.jsonl",
                "events.jsonl",
                "integrity.json",
                "requests.hlog",
                "manifest.json",
                "simulation.log"
            })
    void damageOfAnySortIsNeverThrown(String file) throws IOException {
        EvidenceDirectory evidence = running(written());
        evidence.adoptLog(gatlingsLog());
        evidence.seal();
        byte[] whole = Files.readAllBytes(evidence.path().resolve(file));
        if (file.equals("simulation.log")) {
            Files.delete(evidence.path().resolve("requests.hlog"));
        }
        if (!file.equals("manifest.json")) {
            Files.delete(evidence.path().resolve("manifest.json"));
        }
        Random random = new Random(file.hashCode());
        Set<Boolean> seen = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            for (int hits = random.nextInt(4); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(evidence.path().resolve(file), damaged);
            seen.add(evidence.read().faults().isEmpty());
        }
        assertThat(seen).contains(false);
    }
}
