package io.plimsoll.environments.local.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a program of the stack is told as it starts: lines of {@code key=value} up to an empty one. They come through its
 * standard input, as everyone may read a command line and they hold passwords; the input's end is the stack's.
 *
 * @param values by key
 */
public record Told(Map<String, String> values) {
    public Told {
        values = Map.copyOf(values);
    }

    /** Settings as they are sent. */
    public static String text(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining("", "", "\n"));
    }

    /** This program's standard input. */
    public static BufferedReader input() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }

    /** Reads what {@link #text} wrote and nothing beyond it. */
    public static Told read(BufferedReader input) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line = input.readLine(); line != null && !line.isEmpty(); line = input.readLine()) {
            int equals = line.indexOf('=');
            values.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return new Told(values);
    }

    /**
     * The value of a key.
     *
     * @throws IllegalArgumentException if it was not told
     */
    public String get(String key) {
        return Optional.ofNullable(values.get(key))
                .orElseThrow(() -> new IllegalArgumentException("setting " + key + " is missing"));
    }

    /** Waits until the input ends, and ends this program. */
    public static void endWith(BufferedReader input) throws IOException {
        String line = input.readLine();
        while (line != null) {
            line = input.readLine();
        }
        Runtime.getRuntime().halt(0);
    }
}
