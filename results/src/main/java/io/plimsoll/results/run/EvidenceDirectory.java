package io.plimsoll.results.run;

import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestLog;
import io.plimsoll.results.load.RequestLogMerge;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Topology;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The evidence of one run, kept in one directory:
 *
 * <table>
 *   <caption>Files</caption>
 *   <tr><td>{@code run.json}</td><td>{@link RunFacts}</td></tr>
 *   <tr><td>{@code topology.json}</td><td>{@link Topology}</td></tr>
 *   <tr><td>{@code metrics.jsonl}</td><td>a {@link Series} a line, ordered by name and resource</td></tr>
 *   <tr><td>{@code events.jsonl}</td><td>an {@link Event} a line, ordered by time</td></tr>
 *   <tr><td>{@code requests.hlog}</td><td>{@link RequestHistograms} as {@link RequestLog} writes them</td></tr>
 *   <tr><td>{@code integrity.json}</td><td>{@link LogIntegrity} of Gatling's log</td></tr>
 *   <tr><td>{@code simulation.log}</td><td>Gatling's log itself</td></tr>
 *   <tr><td>{@code simulation.log.json}</td><td>what that does not tell: {@link LogOrigin}</td></tr>
 *   <tr><td>{@code capacity.json}</td><td>{@link CapacityResult}, if capacity was searched</td></tr>
 *   <tr><td>{@code injectors/}</td><td>if there were several: what each of them published, {@link ShardPlace}; there
 *       is no {@code simulation.log} then</td></tr>
 *   <tr><td>{@code inputs/}</td><td>the files that said what to do</td></tr>
 *   <tr><td>{@code live.jsonl}</td><td>while the run goes on, in place of topology, metrics and events: {@link
 *       LiveJournal}</td></tr>
 *   <tr><td>{@code manifest.json}</td><td>size and SHA-256 of all of the others</td></tr>
 * </table>
 *
 * <p>Verdicts and reports may stand beside them; they are derived and not part of the evidence. Every file is replaced
 * as a whole or not at all, and is on the disk before its name is, so a crash or a full disk costs nothing that was
 * written before. All methods throw {@link EvidenceException} of kind {@link EvidenceException.Kind#UNWRITABLE} if the
 * directory cannot be written. {@code results/EVIDENCE.md} describes each file for readers without this class.
 */
public final class EvidenceDirectory {
    static final String FACTS = "run.json";
    static final String TOPOLOGY = "topology.json";
    static final String METRICS = "metrics.jsonl";
    static final String EVENTS = "events.jsonl";
    static final String REQUESTS = "requests.hlog";
    static final String INTEGRITY = "integrity.json";
    static final String LOG = "simulation.log";
    static final String LOG_ORIGIN = "simulation.log.json";
    static final String CAPACITY = "capacity.json";
    static final String INPUTS = "inputs";
    static final String INJECTORS = "injectors";
    static final String LIVE = "live.jsonl";
    static final String MANIFEST = "manifest.json";
    /** All files of the evidence but the manifest and the inputs. */
    static final Set<String> FILES =
            Set.of(FACTS, TOPOLOGY, METRICS, EVENTS, REQUESTS, INTEGRITY, LOG, LOG_ORIGIN, CAPACITY);

    /** The order of series. */
    static final Comparator<Series> BY_NAME = Comparator.comparing(Series::name)
            .thenComparing(Series::resource)
            .thenComparing(series -> series.origin().metric())
            .thenComparing(series -> series.origin().statistic());
    /** The order of events. */
    static final Comparator<Event> BY_TIME = Comparator.comparing(Event::at);

    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /**
     * Where {@code simulation.log} came from.
     *
     * @param byteOrder byte order of the machine that wrote it, {@code BIG_ENDIAN} or {@code LITTLE_ENDIAN}
     */
    record LogOrigin(String byteOrder) {
        LogOrigin {
            if (!byteOrder.equals("BIG_ENDIAN") && !byteOrder.equals("LITTLE_ENDIAN")) {
                throw new IllegalArgumentException(
                        "byte order must be BIG_ENDIAN or LITTLE_ENDIAN, was '" + byteOrder + "'");
            }
        }

        ByteOrder order() {
            return byteOrder.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        }
    }

    /** Writes a file under a name that is not its last. */
    private interface Content {
        void writeTo(Path file) throws IOException;
    }

    private final Path path;
    private volatile UnaryOperator<String> concealed = UnaryOperator.identity();

    private EvidenceDirectory(Path path) {
        this.path = path;
    }

    /**
     * Begins the evidence of a run in a new directory.
     *
     * @param runsRoot where runs are kept; made if it does not exist
     * @param runId name of the directory: letters, digits, {@code . _ -}, beginning with a letter or digit
     * @throws EvidenceException if there is such a run already
     */
    public static EvidenceDirectory create(Path runsRoot, String runId) {
        if (!RUN_ID.matcher(runId).matches()) {
            throw new EvidenceException("run id must match " + RUN_ID + ", was '" + runId + "'");
        }
        Path path = runsRoot.resolve(runId);
        try {
            Files.createDirectories(runsRoot);
            Files.createDirectory(path);
        } catch (FileAlreadyExistsException e) {
            throw new EvidenceException(path + ": must not exist yet", e);
        } catch (IOException e) {
            throw EvidenceException.unwritable(path + ": cannot be made: " + e, e);
        }
        return new EvidenceDirectory(path);
    }

    /**
     * The evidence of a former run.
     *
     * @throws EvidenceException if the path is no directory, or holds no {@code run.json} that can be read
     */
    public static EvidenceDirectory open(Path path) {
        if (!Files.isDirectory(path)) {
            throw new EvidenceException(path + ": is not an evidence directory: no such directory");
        }
        EvidenceReader.readFacts(path);
        return new EvidenceDirectory(path);
    }

    /**
     * Has every text pass through this before it is written from now on, the files that said what to do among them.
     * Gatling's log and request names hold none of what is to be concealed: ids of accounts.
     */
    public void conceal(UnaryOperator<String> concealing) {
        concealed = concealing;
    }

    /** The directory. */
    public Path path() {
        return path;
    }

    /** Writes what is known of the run so far; may be called again as more is known. */
    public void writeFacts(RunFacts facts) {
        writeText(FACTS, EvidenceJson.document(facts));
    }

    /** Writes what the run went against. */
    public void writeTopology(Topology topology) {
        writeText(TOPOLOGY, EvidenceJson.document(topology));
    }

    /**
     * Begins to keep what is observed while the run goes on.
     *
     * @param onFailure told once, by the thread that observed, if it cannot be written any more
     */
    public LiveJournal live(Consumer<EvidenceException> onFailure) {
        return LiveJournal.open(path.resolve(LIVE), concealed, onFailure);
    }

    /** Writes what a capacity search found. */
    public void writeCapacity(CapacityResult capacity) {
        writeText(CAPACITY, EvidenceJson.document(capacity));
    }

    /** What a capacity search found; empty if there was none. */
    public Optional<CapacityResult> capacity() {
        Path file = path.resolve(CAPACITY);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(EvidenceJson.read(Files.readString(file), CapacityResult.class));
        } catch (IOException | EvidenceException e) {
            throw new EvidenceException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** The files that said what to do: text by path below {@code inputs/}. */
    public SortedMap<String, String> inputs() {
        Path inputs = path.resolve(INPUTS);
        SortedMap<String, String> texts = new TreeMap<>();
        if (!Files.isDirectory(inputs)) {
            return texts;
        }
        try (Stream<Path> files = Files.walk(inputs)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                texts.put(
                        inputs.relativize(file).toString().replace('\\', '/'),
                        new String(bytes, StandardCharsets.UTF_8));
            }
            return texts;
        } catch (IOException e) {
            throw new EvidenceException(inputs + ": cannot be read: " + e, e);
        }
    }

    /** The text of a file that was derived from the evidence and stands beside it; empty if there is none. */
    public Optional<String> derived(String name) {
        Path file = path.resolve(name);
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new EvidenceException(file + ": cannot be read: " + e, e);
        }
    }

    /** Writes the metrics, in order of name and resource. */
    public void writeSeries(List<Series> series) {
        writeText(METRICS, lines(series, BY_NAME));
    }

    /** Writes the events, in order of time; those of the same moment as they are given. */
    public void writeEvents(List<Event> events) {
        writeText(EVENTS, lines(events, BY_TIME));
    }

    private static <T> String lines(List<T> values, Comparator<T> order) {
        return values.stream()
                .sorted(order)
                .map(value -> EvidenceJson.line(value) + "\n")
                .collect(Collectors.joining());
    }

    /** Writes what the client saw, and whether its log is whole. */
    public void writeRequests(RequestHistograms requests, LogIntegrity integrity) {
        replace(REQUESTS, file -> RequestLog.write(requests, file));
        writeText(INTEGRITY, EvidenceJson.document(integrity));
    }

    /** Where the injectors of this run publish what they sent; need not be there. */
    public ShardPlace injectors() {
        return new ShardPlace(path.resolve(INJECTORS));
    }

    /**
     * Writes what several injectors saw as if one had, merged exactly, and whether their logs are whole.
     *
     * @param logs their request logs; may be none
     * @throws io.plimsoll.results.load.UnreadableLogException if a log cannot be read; names it, and nothing is written
     */
    public RequestLogMerge.Merged writeRequests(List<Path> logs, LogIntegrity integrity) {
        RequestLogMerge.Merged[] merged = new RequestLogMerge.Merged[1];
        replace(REQUESTS, file -> merged[0] = RequestLogMerge.merge(logs, file));
        writeText(INTEGRITY, EvidenceJson.document(integrity));
        return merged[0];
    }

    /**
     * Takes Gatling's log of this machine into the evidence: as a second name of the same file, which goes on growing
     * with it; as a copy where file systems do not allow that, and then again when the log is complete.
     */
    public void adoptLog(Path simulationLog) {
        writeText(
                LOG_ORIGIN,
                EvidenceJson.document(new LogOrigin(ByteOrder.nativeOrder().toString())));
        Path adopted = path.resolve(LOG);
        try {
            if (Files.exists(adopted) && Files.isSameFile(adopted, simulationLog)) {
                return;
            }
        } catch (IOException e) {
            throw EvidenceException.unwritable(simulationLog + ": cannot be adopted: " + e, e);
        }
        if (!Files.isRegularFile(simulationLog)) {
            throw new EvidenceException(simulationLog + ": cannot be adopted: no such file");
        }
        replace(LOG, file -> {
            try {
                Files.createLink(file, simulationLog);
            } catch (IOException | UnsupportedOperationException e) {
                Files.copy(simulationLog, file, StandardCopyOption.REPLACE_EXISTING);
            }
        });
    }

    /**
     * Copies a file that said what to do (an environment, a stage) into the evidence.
     *
     * @param file the file
     * @param relativeName its name below {@code inputs/}, with {@code /}; must not lead out of it
     * @return where the copy is
     */
    public Path addInput(Path file, String relativeName) {
        Path inputs = path.resolve(INPUTS);
        Path target = inputs.resolve(relativeName).normalize();
        if (relativeName.contains("\\") || !target.startsWith(inputs) || target.equals(inputs)) {
            throw new EvidenceException("input must have a name below " + INPUTS + "/, was '" + relativeName + "'");
        }
        replace(INPUTS + "/" + inputs.relativize(target), copy -> copied(file, copy));
        return target;
    }

    /**
     * Writes text among the files that said what to do.
     *
     * @param name its name in {@code inputs/}, without {@code /}
     * @param text what it holds
     */
    public void writeInput(String name, String text) {
        if (!name.matches("[a-z][a-z0-9.-]*")) {
            throw new EvidenceException("input must have a plain name, was '" + name + "'");
        }
        writeText(INPUTS + "/" + name, text);
    }

    /**
     * Writes the manifest of the evidence as it is now, and drops {@code live.jsonl}: the last act of a run. Whatever is
     * written afterwards differs from the manifest until this is called again.
     */
    public void seal() {
        try {
            writeText(MANIFEST, EvidenceJson.document(Manifest.of(path)));
            Files.deleteIfExists(path.resolve(LIVE));
        } catch (IOException e) {
            throw EvidenceException.unwritable(path + ": cannot be sealed: " + e.getMessage(), e);
        }
    }

    /**
     * Reads all evidence. Damage is never thrown but told by {@link Evidence#faults}, and the damaged part left out: a
     * file that is missing, differs from the manifest or cannot be read is empty, a line that cannot be read is dropped.
     *
     * @throws EvidenceException if {@code run.json} is missing or cannot be read
     */
    public Evidence read() {
        return EvidenceReader.read(path);
    }

    private void writeText(String name, String text) {
        replace(name, file -> Files.writeString(file, concealed.apply(text), StandardCharsets.UTF_8));
    }

    /** Byte for byte, unless it holds something that is to be concealed. */
    private void copied(Path file, Path copy) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        String kept = concealed.apply(text);
        if (kept.equals(text)) {
            Files.copy(file, copy);
        } else {
            Files.writeString(copy, kept, StandardCharsets.UTF_8);
        }
    }

    private void replace(String name, Content content) {
        Path target = path.resolve(name);
        Path draft = target.resolveSibling("." + target.getFileName() + ".draft");
        try {
            Files.createDirectories(draft.resolveSibling(".").normalize());
            Files.deleteIfExists(draft);
            content.writeTo(draft);
            force(draft);
            move(draft, target);
        } catch (IOException e) {
            throw EvidenceException.unwritable(target + ": cannot be written: " + e, e);
        }
    }

    /** A name must never reach the disk before what it names. */
    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void move(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
