package io.plimsoll.simulations.series;

import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.document.Suggestion;
import io.plimsoll.simulations.plan.StagePlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How each promise of the local stack is broken on purpose; {@code simulations/matrix.yaml}.
 *
 * @param rows in the order of the file
 */
public record Matrix(List<Row> rows) {
    /**
     * One promise.
     *
     * @param claim the claim that must fail when it is broken
     * @param stage the stage that is run
     * @param plan by which of its plans
     * @param broken what is broken, in words
     * @param set options of the run that break it
     */
    public record Row(String claim, String stage, String plan, String broken, SortedMap<String, String> set) {
        public Row {
            set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
        }
    }

    public Matrix {
        rows = List.copyOf(rows);
    }

    /** Reads the file. */
    public static Matrix read(Path file) {
        Document.Node root = Document.read(file);
        root.allowOnly("matrix");
        List<Row> rows = new ArrayList<>();
        for (Document.Node item : root.required("matrix").items()) {
            item.allowOnly("claim", "stage", "plan", "broken", "set");
            SortedMap<String, String> set = new TreeMap<>();
            item.required("set").mapping().forEach((key, value) -> set.put(key, value.text()));
            if (set.isEmpty()) {
                throw item.required("set").error("must break something");
            }
            rows.add(new Row(
                    item.required("claim").text(),
                    item.required("stage").text(),
                    item.optional("plan").map(Document.Node::text).orElse(StagePlan.NAME),
                    item.required("broken").text(),
                    set));
        }
        return new Matrix(rows);
    }

    /** The rows of these claims; all if none is named. */
    public Matrix only(List<String> claims) {
        List<String> valid = rows.stream().map(Row::claim).distinct().toList();
        for (String claim : claims) {
            if (!valid.contains(claim)) {
                throw new DocumentException("matrix: " + Suggestion.unknown("claim", claim, valid));
            }
        }
        return claims.isEmpty()
                ? this
                : new Matrix(rows.stream()
                        .filter(row -> claims.contains(row.claim()))
                        .toList());
    }
}
