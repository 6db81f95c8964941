package io.plimsoll.results.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatling.charts.stats.GeneralStats;
import io.gatling.charts.stats.Group;
import io.gatling.charts.stats.LogFileData;
import io.gatling.charts.stats.LogFileReader;
import io.gatling.charts.stats.RequestStatsPath;
import io.gatling.commons.stats.KO$;
import io.gatling.commons.stats.OK$;
import io.gatling.commons.stats.Status;
import io.gatling.commons.stats.assertion.Assertion;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.stats.writer.BufferedFileChannelWriter;
import io.gatling.core.stats.writer.RunMessage;
import io.gatling.core.stats.writer.RunMessageSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Gatling's own writer and reader are the oracles. */
class GatlingAgreementTest {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0} records, {1} names, {2} users/s, seed {3}")
    @CsvSource({"20000, 1, 50, 1", "30000, 2, 400, 2", "30000, 20, 100, 3", "5000, 300, 20, 4"})
    void countsMaximaAndMeansAgreeWithGatlingsReader(long records, int names, int usersPerSecond, long seed)
            throws IOException {
        Path log = Files.createDirectory(directory.resolve("run-1")).resolve("simulation.log");
        new SyntheticLog(records, names, usersPerSecond, seed).write(log);

        LogFileData gatling = LogFileReader.apply("run-1", directory, GatlingConfiguration.loadForTest(emptySeq()))
                .read();
        GatlingLog.Content ours = GatlingLog.read(log);

        assertThat(ours.integrity().faults()).isEmpty();
        assertAgreement(ours, Set.of(), Set.of(RequestOutcome.OK), all(gatling, OK$.MODULE$));
        assertAgreement(ours, Set.of(), Set.of(RequestOutcome.KO), all(gatling, KO$.MODULE$));
        assertThat(gatlingsNames(gatling).keySet()).isEqualTo(ours.requests().requestNames());
        gatlingsNames(gatling).forEach((name, oracle) -> {
            assertThat(ours.requests()
                            .count(Set.of(name), both(), ours.requests().span()))
                    .isEqualTo(oracle.count);
            assertThat(ours.requests()
                            .count(
                                    Set.of(name),
                                    Set.of(RequestOutcome.KO),
                                    ours.requests().span()))
                    .isEqualTo(oracle.ko);
            assertThat(ours.requests()
                            .longestMillis(Set.of(name), both(), ours.requests().span()))
                    .isEqualTo(oracle.max);
        });
    }

    private static Set<RequestOutcome> both() {
        return Set.of(RequestOutcome.values());
    }

    private static GeneralStats all(LogFileData gatling, Status status) {
        return gatling.requestGeneralStats(Option.<String>empty(), Option.<Group>empty(), Option.apply(status))
                .get();
    }

    private static void assertAgreement(
            GatlingLog.Content ours, Set<String> names, Set<RequestOutcome> outcomes, GeneralStats oracle) {
        RequestHistograms requests = ours.requests();
        assertThat(requests.count(names, outcomes, requests.span())).isEqualTo(oracle.count());
        assertThat(requests.longestMillis(names, outcomes, requests.span())).isEqualTo(oracle.max());
        Histogram histogram = requests.responseTimes(names, outcomes, requests.span());
        assertThat(histogram.getTotalCount()).isEqualTo(oracle.count());
        assertThat(histogram.getMinValue()).isEqualTo(oracle.min());
        assertThat(Math.round(histogram.getMean())).isEqualTo(oracle.mean());
    }

    /** What Gatling says of a name, over all groups. */
    private static final class Oracle {
        private long count;
        private long ko;
        private int max;
    }

    private static Map<String, Oracle> gatlingsNames(LogFileData gatling) {
        Map<String, Oracle> names = new HashMap<>();
        CollectionConverters.asJava(gatling.statsPaths()).forEach(path -> {
            if (path instanceof RequestStatsPath request) {
                Oracle oracle = names.computeIfAbsent(request.request(), name -> new Oracle());
                GeneralStats both = stats(gatling, request, Option.empty()).get();
                oracle.count += both.count();
                oracle.max = Math.max(oracle.max, both.max());
                Option<GeneralStats> failed = stats(gatling, request, Option.apply(KO$.MODULE$));
                oracle.ko += failed.isEmpty() ? 0 : failed.get().count();
            }
        });
        return names;
    }

    private static Option<GeneralStats> stats(LogFileData gatling, RequestStatsPath path, Option<Status> status) {
        return gatling.requestGeneralStats(Option.apply(path.request()), path.group(), status);
    }

    @Test
    void theTestsWriteTheBytesThatGatlingWrites() throws IOException, ReflectiveOperationException {
        Path log = directory.resolve("simulation.log");
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw");
                BufferedFileChannelWriter writer =
                        new BufferedFileChannelWriter(file.getChannel(), ByteBuffer.allocate(8192))) {
            writeAsGatling(writer);
        }

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new LogBytes(bytes, ByteOrder.nativeOrder())
                .run("3.15.1", SyntheticLog.START, List.of("readers", "作家"), List.of())
                .user(1, true, 0)
                .request(List.of("browse", "日本語"), "Käse", 1, true, 9, "")
                .request(List.of(), "読む", 9, false, 12, "found 503")
                .group(List.of("browse", "日本語"), 1, true, 9)
                .error("found 503", 12)
                .user(1, false, 13);
        assertThat(Files.readAllBytes(log)).isEqualTo(bytes.toByteArray());
        assertThat(GatlingLog.read(log).integrity()).isEqualTo(new LogIntegrity(2, 1, 1, 0, List.of()));
        assertThat(GatlingLog.read(log).requests().requestNames()).containsExactly("Käse", "読む");
    }

    private static void writeAsGatling(BufferedFileChannelWriter writer) throws ReflectiveOperationException {
        long start = SyntheticLog.START;
        Map<String, Object> scenarios = Map.of("readers", 0, "作家", 1);
        scala.collection.immutable.List<String> groups = list("browse", "日本語");
        Option<String> none = Option.empty();
        new RunMessageSerializer(writer)
                .serialize(new Tuple3<>(
                        new RunMessage("io.plimsoll.Example", "example", start, "", "3.15.1", ZoneOffset.UTC),
                        GatlingAgreementTest.<Assertion>emptySeq(),
                        scenarios));
        Object users = gatlings("UserMessageSerializer", writer, start, scenarios);
        Object responses = gatlings("ResponseMessageSerializer", writer, start);
        Status ok = OK$.MODULE$;
        Status ko = KO$.MODULE$;
        serialize(users, event("User", "作家", start, true));
        serialize(responses, event("Response", "作家", groups, "Käse", start + 1, start + 9, ok, none, none));
        serialize(
                responses,
                event("Response", "作家", list(), "読む", start + 9, start + 12, ko, none, Option.apply("found 503")));
        serialize(
                gatlings("GroupMessageSerializer", writer, start),
                event("Group", "作家", groups, start + 1, start + 9, 8, ok));
        serialize(gatlings("ErrorMessageSerializer", writer, start), event("Error", "found 503", start + 12));
        serialize(users, event("User", "作家", start + 13, false));
    }

    /** Java cannot name classes that Scala nests in an object: they are made by reflection. */
    private static Object event(String name, Object... values) throws ReflectiveOperationException {
        return gatlings("DataWriterMessage$LoadEvent$" + name, values);
    }

    private static Object gatlings(String name, Object... values) throws ReflectiveOperationException {
        return Class.forName("io.gatling.core.stats.writer." + name)
                .getConstructors()[0]
                .newInstance(values);
    }

    private static void serialize(Object serializer, Object event) throws ReflectiveOperationException {
        serializer.getClass().getMethod("serialize", Object.class).invoke(serializer, event);
    }

    @SuppressWarnings("unchecked") // the empty list of Scala has every element type
    private static <T> Seq<T> emptySeq() {
        return (Seq<T>) (Seq<?>) Nil$.MODULE$;
    }

    private static scala.collection.immutable.List<String> list(String... texts) {
        return CollectionConverters.asScala(List.of(texts)).toList();
    }
}
