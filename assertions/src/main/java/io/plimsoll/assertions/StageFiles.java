package io.plimsoll.assertions;

import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.assertions.slo.SloYaml;
import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.document.Suggestion;
import io.plimsoll.results.observation.MetricVocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The stage files of a directory, all read and checked. */
public final class StageFiles {
    private record StageFile(Path path, Document.Node root, String title, List<StageClaim> claims) {}

    private final Path directory;
    private final Map<String, StageFile> stages = new LinkedHashMap<>();

    private StageFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads every {@code *.yaml} of a directory, with the metrics of the catalogue.
     *
     * @throws DocumentException for the first thing that is wrong, with file, line and, within an SLO, a caret
     */
    public static StageFiles load(Path directory) {
        return load(directory, MetricVocabulary.standard());
    }

    /**
     * Reads every {@code *.yaml} of a directory.
     *
     * @param vocabulary the metrics that SLOs can name
     * @throws DocumentException for the first thing that is wrong, with file, line and, within an SLO, a caret
     */
    public static StageFiles load(Path directory, MetricVocabulary vocabulary) {
        StageFiles files = new StageFiles(directory);
        for (Path path : yamlFiles(directory)) {
            files.read(path, vocabulary);
        }
        if (files.stages.isEmpty()) {
            throw new DocumentException(directory + ": holds no stage file (*.yaml)");
        }
        files.names().forEach(files::stage);
        return files;
    }

    private static List<Path> yamlFiles(Path directory) {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DocumentException(directory + ": cannot be listed: " + e);
        }
    }

    private void read(Path path, MetricVocabulary vocabulary) {
        Document.Node root = Document.read(path);
        root.allowOnly("stage", "title", "extends", "plan", "further-plans", "claims");
        Document.Node name = root.required("stage");
        List<StageClaim> claims = new ArrayList<>();
        for (Document.Node item : root.required("claims").items()) {
            StageClaim claim = claim(item, name.text(), vocabulary);
            if (claims.stream().anyMatch(other -> other.id().equals(claim.id()))) {
                throw item.required("id").error("claim ids must differ");
            }
            claims.add(claim);
        }
        StageFile file = new StageFile(path, root, root.required("title").text(), claims);
        StageFile other = stages.putIfAbsent(name.text(), file);
        if (other != null) {
            throw name.error("stage names must differ, also in " + other.path());
        }
    }

    private static StageClaim claim(Document.Node item, String stage, MetricVocabulary vocabulary) {
        item.allowOnly("id", "says", "exercised-by", "needs", "slos", "not-tested");
        List<Slo> slos = new ArrayList<>();
        for (Document.Node line :
                item.optional("slos").map(Document.Node::items).orElse(List.of())) {
            slos.add(SloYaml.read(line, vocabulary));
        }
        Optional<String> notTested = item.optional("not-tested").map(Document.Node::text);
        if (slos.isEmpty() != notTested.isPresent()) {
            throw item.required("id").error("a claim must have either 'slos' or 'not-tested' with the reason");
        }
        return new StageClaim(
                item.required("id").text(),
                item.required("says").text(),
                stage,
                item.optional("exercised-by").map(Document.Node::text),
                slos,
                notTested,
                item.optional("needs").map(Document.Node::items).orElse(List.of()).stream()
                        .map(Document.Node::text)
                        .toList());
    }

    /** Names of all stages, in file order. */
    public Set<String> names() {
        return new LinkedHashSet<>(stages.keySet());
    }

    /** The files read, in order. */
    public List<Path> files() {
        return stages.values().stream().map(StageFile::path).toList();
    }

    /** The section {@code plan} of a stage's own file, if it has one; who carries out plans reads it. */
    public Optional<Document.Node> plan(String name) {
        return Optional.ofNullable(stages.get(name)).flatMap(file -> file.root().optional("plan"));
    }

    /** The section {@code further-plans} of a stage's own file: plans that are run when they are asked for, by name. */
    public Map<String, Document.Node> furtherPlans(String name) {
        return Optional.ofNullable(stages.get(name))
                .flatMap(file -> file.root().optional("further-plans"))
                .map(Document.Node::mapping)
                .orElse(Map.of());
    }

    /**
     * A stage with all it inherits: lower stages' claims come first, and a claim that a later file repeats replaces the
     * earlier one in its place.
     *
     * @throws DocumentException if there is no such stage
     */
    public Stage stage(String name) {
        if (!stages.containsKey(name)) {
            throw new DocumentException(directory + ": " + Suggestion.unknown("stage", name, stages.keySet()));
        }
        List<StageFile> lineage = new ArrayList<>();
        for (Optional<String> next = Optional.of(name); next.isPresent(); ) {
            StageFile file = stages.get(next.get());
            if (file == null || lineage.contains(file)) {
                throw noParent(lineage.get(0).root().required("extends"), file == null);
            }
            lineage.add(0, file);
            next = file.root().optional("extends").map(Document.Node::text);
        }
        Map<String, StageClaim> claims = new LinkedHashMap<>();
        for (StageFile file : lineage) {
            file.claims().forEach(claim -> claims.put(claim.id(), claim));
        }
        return new Stage(name, lineage.get(lineage.size() - 1).title(), List.copyOf(claims.values()));
    }

    private DocumentException noParent(Document.Node parent, boolean unknown) {
        return unknown
                ? new DocumentException(parent.place() + ": " + parent.key() + ": "
                        + Suggestion.unknown("stage", parent.text(), stages.keySet()))
                : parent.error("a stage must not extend itself, directly or through others");
    }
}
