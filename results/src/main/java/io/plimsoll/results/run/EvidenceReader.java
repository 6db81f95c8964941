package io.plimsoll.results.run;

import io.plimsoll.results.load.GatlingLog;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.load.RequestLog;
import io.plimsoll.results.load.RequestOutcome;
import io.plimsoll.results.load.UnreadableLogException;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Topology;
import java.io.File;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads one evidence directory, once. Each damage becomes a sentence that names its file relative to the directory, so
 * that the same evidence has the same faults wherever it lies.
 */
final class EvidenceReader {
    private final Path directory;
    private final List<String> faults = new ArrayList<>();
    /** Files whose damage the manifest has told: they are not read. */
    private final Set<String> distrusted = new HashSet<>();

    private EvidenceReader(Path directory) {
        this.directory = directory;
    }

    /** The facts of a run, or {@link EvidenceException}: a directory without them is not evidence. */
    static RunFacts readFacts(Path directory) {
        Path file = directory.resolve(EvidenceFiles.FACTS);
        if (!Files.isRegularFile(file)) {
            throw new EvidenceException(
                    directory + ": is not an evidence directory: " + EvidenceFiles.FACTS + " is missing");
        }
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new EvidenceException(file + ": cannot be read: " + rule(e), e);
        }
        try {
            return EvidenceJson.read(text, RunFacts.class);
        } catch (EvidenceException e) {
            String format = EvidenceJson.peek(text, "format");
            throw new EvidenceException(
                    file + ": "
                            + (format.isEmpty() || format.equals(RunFacts.FORMAT)
                                    ? "cannot be read: " + e.getMessage()
                                    : otherFormat(format)),
                    e);
        }
    }

    private static String otherFormat(String format) {
        return "evidence format must be " + RunFacts.FORMAT + ", was '" + format + "'";
    }

    static Evidence read(Path directory) {
        RunFacts facts = readFacts(directory);
        return new EvidenceReader(directory).read(facts);
    }

    private Evidence read(RunFacts facts) {
        if (!facts.format().equals(RunFacts.FORMAT)) {
            faults.add(EvidenceFiles.FACTS + ": " + otherFormat(facts.format()));
        }
        compareWithManifest(facts.state());
        Optional<LiveRecord> live = live(facts.state());
        Topology topology = live.filter(seen -> replaces(EvidenceFiles.TOPOLOGY, seen.topology()))
                .flatMap(LiveRecord::topology)
                .or(() -> document(EvidenceFiles.TOPOLOGY, Topology.class))
                .orElseGet(() -> new Topology(List.of()));
        List<Series> series = new ArrayList<>(live.filter(seen -> replaces(EvidenceFiles.METRICS))
                .map(LiveRecord::series)
                .orElseGet(() -> lines(EvidenceFiles.METRICS, SeriesLine::read)));
        series.sort(EvidenceFiles.BY_NAME);
        List<Event> events = new ArrayList<>(live.filter(seen -> replaces(EvidenceFiles.EVENTS))
                .map(LiveRecord::events)
                .orElseGet(() -> lines(EvidenceFiles.EVENTS, line -> EvidenceJson.read(line, Event.class))));
        events.sort(EvidenceFiles.BY_TIME);
        Client client = client();
        return new Evidence(facts, topology, client.requests(), client.integrity(), series, events, faults);
    }

    /** What a run kept as it went on; empty if it has gathered its evidence. */
    private Optional<LiveRecord> live(RunFacts.State state) {
        if (state == RunFacts.State.COMPLETE || !Files.isRegularFile(directory.resolve(EvidenceFiles.LIVE))) {
            return Optional.empty();
        }
        LiveRecord record = new LiveRecord();
        lines(EvidenceFiles.LIVE, line -> EvidenceJson.read(line, LiveJournal.Line.class))
                .forEach(record::add);
        return Optional.of(record);
    }

    private boolean replaces(String name, Optional<?> seen) {
        return seen.isPresent() && replaces(name);
    }

    private boolean replaces(String name) {
        boolean missing = !Files.exists(directory.resolve(name));
        if (missing) {
            faults.add(name + ": is missing; what was seen while the run went on is read from " + EvidenceFiles.LIVE);
        }
        return missing;
    }

    private void compareWithManifest(RunFacts.State state) {
        if (!Files.exists(directory.resolve(EvidenceFiles.MANIFEST))) {
            if (state == RunFacts.State.COMPLETE) {
                faults.add(EvidenceFiles.MANIFEST + ": is missing, though the run is complete");
            }
            return;
        }
        Optional<Manifest> manifest = text(EvidenceFiles.MANIFEST)
                .flatMap(text -> parse(EvidenceFiles.MANIFEST, () -> EvidenceJson.readSparse(text, Manifest.class)));
        if (manifest.isEmpty()) {
            return;
        }
        if (!manifest.get().format().equals(RunFacts.FORMAT)) {
            faults.add(
                    EvidenceFiles.MANIFEST + ": " + otherFormat(manifest.get().format()));
            return;
        }
        try {
            compare(manifest.get(), Manifest.evidenceFiles(directory));
        } catch (IOException e) {
            faults.add(EvidenceFiles.MANIFEST + ": files cannot be compared with it: " + relative(e));
        }
    }

    /** Files that were not listed are not read either, so their checksums do not matter. */
    private void compare(Manifest manifest, SortedSet<String> found) throws IOException {
        SortedMap<String, Manifest.Entry> listed = new TreeMap<>();
        manifest.files().forEach(entry -> listed.put(entry.path(), entry));
        for (Manifest.Entry entry : listed.values()) {
            if (found.contains(entry.path())) {
                entry.difference(directory).ifPresent(why -> distrust(entry.path(), why));
            } else {
                distrust(entry.path(), "is missing, though the manifest lists it");
            }
        }
        found.stream()
                .filter(path -> !listed.containsKey(path))
                .forEach(path -> distrust(path, "is not in the manifest"));
    }

    private void distrust(String path, String why) {
        distrusted.add(path);
        faults.add(path + ": " + why);
    }

    /** The text of a file; a fault and empty if there is none. */
    private Optional<String> text(String name) {
        Path file = directory.resolve(name);
        if (distrusted.contains(name)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(file)) {
            faults.add(name + ": is missing");
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            faults.add(name + ": cannot be read: " + rule(e));
            return Optional.empty();
        }
    }

    private static String rule(IOException e) {
        return e instanceof CharacterCodingException ? "must be UTF-8" : e.toString();
    }

    private <T> Optional<T> document(String name, Class<T> type) {
        return text(name).flatMap(text -> parse(name, () -> EvidenceJson.read(text, type)));
    }

    private <T> List<T> lines(String name, Function<String, T> reading) {
        List<T> values = new ArrayList<>();
        int number = 0;
        for (String line : text(name).orElse("").lines().toList()) {
            number++;
            parse(name + ":" + number, () -> reading.apply(line)).ifPresent(values::add);
        }
        return values;
    }

    private <T> Optional<T> parse(String place, Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (EvidenceException e) {
            faults.add(place + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** What the client saw. */
    private record Client(RequestHistograms requests, LogIntegrity integrity) {}

    private Client client() {
        Path requests = directory.resolve(EvidenceFiles.REQUESTS);
        Path log = directory.resolve(EvidenceFiles.LOG);
        if (!Files.exists(requests) && Files.exists(log) && !distrusted.contains(EvidenceFiles.LOG)) {
            return clientFromLog(log);
        }
        int before = faults.size();
        Optional<LogIntegrity> integrity = document(EvidenceFiles.INTEGRITY, LogIntegrity.class);
        RequestHistograms read = RequestHistograms.empty();
        if (!Files.exists(requests)) {
            if (!distrusted.contains(EvidenceFiles.REQUESTS)) {
                faults.add(EvidenceFiles.REQUESTS + ": is missing");
            }
        } else if (!distrusted.contains(EvidenceFiles.REQUESTS)) {
            try {
                read = RequestLog.read(requests);
            } catch (UnreadableLogException e) {
                faults.add(relative(e));
            }
            if (integrity.isPresent() && faults.size() == before) {
                compare(integrity.get(), read);
            }
        }
        return new Client(read, integrity.orElseGet(() -> unknown(EvidenceFiles.INTEGRITY)));
    }

    /** A run that was killed leaves Gatling's log alone. */
    private Client clientFromLog(Path log) {
        if (!distrusted.contains(EvidenceFiles.REQUESTS)) {
            faults.add(EvidenceFiles.REQUESTS + ": is missing; requests are read from " + EvidenceFiles.LOG);
        }
        ByteOrder order = ByteOrder.nativeOrder();
        if (Files.exists(directory.resolve(EvidenceFiles.LOG_ORIGIN))) {
            order = document(EvidenceFiles.LOG_ORIGIN, LogOrigin.class)
                    .map(LogOrigin::order)
                    .orElse(order);
        }
        try {
            GatlingLog.Content content = GatlingLog.read(log, order);
            return new Client(content.requests(), content.integrity());
        } catch (UnreadableLogException e) {
            faults.add(relative(e));
            return new Client(RequestHistograms.empty(), unknown(EvidenceFiles.LOG));
        }
    }

    private static LogIntegrity unknown(String file) {
        return new LogIntegrity(0, 0, 0, 0, List.of("not known, as " + file + " cannot be read"));
    }

    private void compare(LogIntegrity integrity, RequestHistograms requests) {
        long held = requests.count(Set.of(), Set.of(RequestOutcome.values()), requests.span());
        if (integrity.intact() && held != integrity.requests()) {
            faults.add(EvidenceFiles.REQUESTS + ": must hold the " + integrity.requests() + " requests of "
                    + EvidenceFiles.INTEGRITY + ", holds " + held);
        }
    }

    private String relative(Exception e) {
        return String.valueOf(e.getMessage()).replace(directory + File.separator, "");
    }
}
