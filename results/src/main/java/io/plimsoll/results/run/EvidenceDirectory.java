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
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
 *   <tr><td>{@code manifest.json}</td><td>size and {@link Checksum checksums} of all of the others</td></tr>
 * </table>
 *
 * <p>Verdicts and reports may stand beside them; they are derived and not part of the evidence. Every file is replaced
 * as a whole or not at all, and is on the disk before its name is, so a crash or a full disk costs nothing that was
 * written before. All methods throw {@link EvidenceException} of kind {@link EvidenceException.Kind#UNWRITABLE} if the
 * directory cannot be written. {@code results/EVIDENCE.md} describes each file for readers without this class.
 */
public final class EvidenceDirectory {
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

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
        writeText(EvidenceFiles.FACTS, EvidenceJson.document(facts));
    }

    /** Writes what the run went against. */
    public void writeTopology(Topology topology) {
        writeText(EvidenceFiles.TOPOLOGY, EvidenceJson.document(topology));
    }

    /**
     * Begins to keep what is observed while the run goes on.
     *
     * @param onFailure told once, by the thread that observed, if it cannot be written any more
     */
    public LiveJournal live(Consumer<EvidenceException> onFailure) {
        return LiveJournal.open(path.resolve(EvidenceFiles.LIVE), concealed, onFailure);
    }

    /** Writes what a capacity search found. */
    public void writeCapacity(CapacityResult capacity) {
        writeText(EvidenceFiles.CAPACITY, EvidenceJson.document(capacity));
    }

    /** What a capacity search found; empty if there was none. */
    public Optional<CapacityResult> capacity() {
        Path file = path.resolve(EvidenceFiles.CAPACITY);
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
        Path inputs = path.resolve(EvidenceFiles.INPUTS);
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
        writeText(EvidenceFiles.METRICS, lines(series, EvidenceFiles.BY_NAME));
    }

    /** Writes the events, in order of time; those of the same moment as they are given. */
    public void writeEvents(List<Event> events) {
        writeText(EvidenceFiles.EVENTS, lines(events, EvidenceFiles.BY_TIME));
    }

    private static <T> String lines(List<T> values, Comparator<T> order) {
        return values.stream()
                .sorted(order)
                .map(value -> EvidenceJson.line(value) + "\n")
                .collect(Collectors.joining());
    }

    /** Writes what the client saw, and whether its log is whole. */
    public void writeRequests(RequestHistograms requests, LogIntegrity integrity) {
        replace(EvidenceFiles.REQUESTS, file -> RequestLog.write(requests, file));
        writeText(EvidenceFiles.INTEGRITY, EvidenceJson.document(integrity));
    }

    /** Where the injectors of this run publish what they sent; need not be there. */
    public ShardPlace injectors() {
        return new ShardPlace(path.resolve(EvidenceFiles.INJECTORS));
    }

    /**
     * What each injector published, in order, from the first to the last that is known of; empty if there was one only. What
     * cannot be read is left out: the run is void for it.
     */
    public List<ShardRecord> injectorRecords() {
        return injectors().records();
    }

    /**
     * Writes what several injectors saw as if one had, merged exactly, and whether their logs are whole.
     *
     * @param logs their request logs; may be none
     * @throws io.plimsoll.results.load.UnreadableLogException if a log cannot be read; names it, and nothing is written
     */
    public RequestLogMerge.Merged writeRequests(List<Path> logs, LogIntegrity integrity) {
        RequestLogMerge.Merged[] merged = new RequestLogMerge.Merged[1];
        replace(EvidenceFiles.REQUESTS, file -> merged[0] = RequestLogMerge.merge(logs, file));
        writeText(EvidenceFiles.INTEGRITY, EvidenceJson.document(integrity));
        return merged[0];
    }

    /**
     * Takes Gatling's log of this machine into the evidence: as a second name of the same file, which goes on growing
     * with it; as a copy where file systems do not allow that, and then again when the log is complete.
     */
    public void adoptLog(Path simulationLog) {
        writeText(
                EvidenceFiles.LOG_ORIGIN,
                EvidenceJson.document(new LogOrigin(ByteOrder.nativeOrder().toString())));
        Path adopted = path.resolve(EvidenceFiles.LOG);
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
        replace(EvidenceFiles.LOG, file -> {
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
        Path inputs = path.resolve(EvidenceFiles.INPUTS);
        Path target = inputs.resolve(relativeName).normalize();
        if (relativeName.contains("\\") || !target.startsWith(inputs) || target.equals(inputs)) {
            throw new EvidenceException(
                    "input must have a name below " + EvidenceFiles.INPUTS + "/, was '" + relativeName + "'");
        }
        replace(EvidenceFiles.INPUTS + "/" + inputs.relativize(target), copy -> copied(file, copy));
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
        writeText(EvidenceFiles.INPUTS + "/" + name, text);
    }

    /**
     * Writes the manifest of the evidence as it is now, and drops {@code live.jsonl}: the last act of a run. Whatever is
     * written afterwards differs from the manifest until this is called again.
     */
    public void seal() {
        try {
            writeText(EvidenceFiles.MANIFEST, EvidenceJson.document(Manifest.of(path)));
            Files.deleteIfExists(path.resolve(EvidenceFiles.LIVE));
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
        WholeFile.write(path.resolve(name), concealed.apply(text));
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

    private void replace(String name, WholeFile.Content content) {
        WholeFile.replace(path.resolve(name), content);
    }
}
