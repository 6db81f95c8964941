package io.plimsoll.simulations.plan;

import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table of RFC 4180 in UTF-8: a line of column names, then rows; fields with commas, quotes or breaks are quoted. */
final class CsvFile {
    private final Path file;
    private final String text;
    private int at;

    private CsvFile(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * Reads a file.
     *
     * @param name its name, below the directory
     * @throws DocumentException if it is missing, empty or uneven
     */
    static List<Map<String, String>> read(Document.Node name, Path directory) {
        Path file = directory.resolve(name.text()).normalize();
        if (!file.startsWith(directory.normalize())) {
            throw name.error("must be a file beside the traffic mix");
        }
        try {
            return new CsvFile(file, Files.readString(file, StandardCharsets.UTF_8)).rows();
        } catch (IOException e) {
            throw name.error("cannot be read (" + e + ")");
        }
    }

    private List<Map<String, String>> rows() {
        List<String> columns = record();
        List<Map<String, String>> rows = new ArrayList<>();
        while (at < text.length()) {
            int line = 1 + (int) text.substring(0, at).lines().count();
            List<String> fields = record();
            if (fields.size() != columns.size()) {
                throw new DocumentException(file + ":" + line + ": must have " + columns.size()
                        + " fields as its first line has, was " + fields.size());
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < fields.size(); i++) {
                row.put(columns.get(i), fields.get(i));
            }
            rows.add(row);
        }
        if (rows.isEmpty()) {
            throw new DocumentException(file + ": must have a line of column names and at least one row");
        }
        return rows;
    }

    private List<String> record() {
        List<String> fields = new ArrayList<>();
        do {
            fields.add(field());
        } while (at < text.length() && text.charAt(at++) == ',');
        return fields;
    }

    /** Reads one field and leaves the comma or the newline after it. */
    private String field() {
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        StringBuilder field = new StringBuilder();
        at += quoted ? 1 : 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (quoted && c == '"') {
                at++;
                if (at >= text.length() || text.charAt(at) != '"') {
                    quoted = false;
                    continue;
                }
            } else if (!quoted && (c == ',' || c == '\n')) {
                break;
            } else if (!quoted && c == '\r') {
                at++;
                continue;
            }
            field.append(c);
            at++;
        }
        return field.toString();
    }
}
