package io.plimsoll.results.report;

import java.util.List;

/**
 * One table of the report. The first cell of a row is its header.
 *
 * @param caption what it shows
 * @param headers of the columns
 * @param numeric indices of the columns that hold numbers
 * @param rows as long as {@code headers}, each
 * @param empty what to say where there is no row
 */
record Table(String caption, List<String> headers, List<Integer> numeric, List<List<String>> rows, String empty) {
    private static final int LONGEST = 400;

    Table {
        headers = List.copyOf(headers);
        numeric = List.copyOf(numeric);
        rows = rows.stream()
                .map(row ->
                        row.stream().map(cell -> PlainText.line(cell, LONGEST)).toList())
                .toList();
        for (List<String> row : rows) {
            if (row.size() != headers.size()) {
                throw new IllegalArgumentException(
                        caption + ": a row must have " + headers.size() + " cells, had " + row.size());
            }
        }
    }

    /** The class of a cell in that column. */
    String style(int column) {
        return numeric.contains(column) ? "number" : "text";
    }
}
