package io.plimsoll.simulations.plan;

import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.document.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A YAML file that is chosen by name from a directory, and says its name itself. */
public final class NamedFile {
    private static final String SUFFIX = ".yaml";

    private NamedFile() {}

    /** Reads {@code <name>.yaml}, whose key {@code what} must repeat the name; an unknown name lists the valid ones. */
    public static Document.Node read(Path directory, String what, String name) {
        List<String> valid = names(directory);
        if (!valid.contains(name)) {
            throw new DocumentException(directory + ": " + Suggestion.unknown(what, name, valid));
        }
        Document.Node root = Document.read(directory.resolve(name + SUFFIX));
        if (!root.required(what).text().equals(name)) {
            throw root.required(what).error("must repeat the file's name '" + name + "'");
        }
        return root;
    }

    static List<String> names(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DocumentException(directory + ": cannot be listed: " + e);
        }
    }
}
