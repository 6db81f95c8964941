package io.plimsoll.environments.local;

import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.document.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The command line.
 *
 * @param descriptor the environment file
 * @param stage the stage to start
 * @param overrides values that replace the file's, each {@code key=value} with a dotted key, in order
 */
record StackOptions(Path descriptor, String stage, List<String> overrides) {
    static final String USAGE = "usage: LocalEnvironment --descriptor <file> --stage <stage> [--set <key>=<value>]...";

    StackOptions {
        overrides = List.copyOf(overrides);
    }

    /**
     * Reads a command line.
     *
     * @throws DocumentException if it cannot be understood
     */
    static StackOptions parse(List<String> arguments) {
        Optional<String> descriptor = Optional.empty();
        Optional<String> stage = Optional.empty();
        List<String> overrides = new ArrayList<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--descriptor" -> descriptor = Optional.of(value(option, rest));
                case "--stage" -> stage = Optional.of(value(option, rest));
                case "--set" -> overrides.add(value(option, rest));
                default ->
                    throw new DocumentException(
                            Suggestion.unknown("option", option, List.of("--descriptor", "--stage", "--set")));
            }
        }
        return new StackOptions(
                Path.of(descriptor.orElseThrow(() -> new DocumentException("--descriptor is required; " + USAGE))),
                stage.orElseThrow(() -> new DocumentException("--stage is required; " + USAGE)),
                overrides);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new DocumentException(option + " needs a value; " + USAGE);
        }
        return rest.next();
    }

    /** The environment file with its values replaced. */
    Document.Node document() {
        Document.Node document = Document.read(descriptor);
        for (String override : overrides) {
            int equals = override.indexOf('=');
            if (equals < 1) {
                throw new DocumentException("--set " + override + ": must be <key>=<value>");
            }
            document =
                    document.with(override.substring(0, equals), override.substring(equals + 1), "--set " + override);
        }
        return document;
    }
}
