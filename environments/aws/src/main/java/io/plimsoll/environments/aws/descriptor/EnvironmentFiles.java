package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.document.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A directory of environment descriptors, one {@code <name>.yaml} each. */
public final class EnvironmentFiles {
    private static final String SUFFIX = ".yaml";

    private EnvironmentFiles() {}

    /**
     * The environment of that name.
     *
     * @throws DocumentException if there is none, listing those there are, or if its file is wrong
     */
    public static Environment named(Path directory, String name) {
        List<String> names = names(directory);
        if (!names.contains(name)) {
            throw new DocumentException(directory + ": " + Suggestion.unknown("environment", name, names));
        }
        return EnvironmentFile.load(directory.resolve(name + SUFFIX));
    }

    /**
     * Names of all environments there, sorted.
     *
     * @throws DocumentException if there is no such directory, or none in it
     */
    public static List<String> names(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new DocumentException(
                    directory + ": no such directory; environment files such as local.yaml are looked for there");
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
            if (names.isEmpty()) {
                throw new DocumentException(directory + ": holds no environment file such as local.yaml");
            }
            return names;
        } catch (IOException e) {
            throw new DocumentException(directory + ": cannot be read: " + e);
        }
    }
}
