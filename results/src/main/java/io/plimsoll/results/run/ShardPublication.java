package io.plimsoll.results.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an injector says last where its results do not go to a directory that all share: which files it has handed in, and their
 * checksums; {@code injector-<index>.published.json}. As it comes last, and comes whole or not at all, an injector without one
 * has not published.
 *
 * @param format version of this file's format, {@link #FORMAT}
 * @param index of the injector
 * @param files in the order they were handed in: at least the exit code, which is the last
 */
public record ShardPublication(String format, int index, List<Part> files) {
    /** The format this version writes and reads. */
    public static final String FORMAT = "plimsoll-publication/1";

    /** In the order in which they are handed in. */
    private static final List<String> KINDS = List.of("log", "hlog", "json", "out", "exit");

    private static final String LAST = "exit";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /**
     * One file.
     *
     * @param name of the file, {@code injector-<index>.<kind>}
     * @param bytes its size
     * @param sha256 its SHA-256, in lower-case hexadecimal
     */
    public record Part(String name, long bytes, String sha256) {
        public Part {
            if (bytes < 0 || !SHA256.matcher(sha256).matches()) {
                throw new IllegalArgumentException(
                        name + ": must have a size and a SHA-256, had " + bytes + " and '" + sha256 + "'");
            }
        }
    }

    public ShardPublication {
        files = List.copyOf(files);
        Set<String> allowed = new HashSet<>();
        KINDS.forEach(kind -> allowed.add("injector-" + index + "." + kind));
        if (!format.equals(FORMAT)) {
            throw new IllegalArgumentException("format must be " + FORMAT + ", was " + format);
        }
        for (Part part : files) {
            // A name is a path where it is gathered: none may lead elsewhere, or to another injector's files.
            if (!allowed.remove(part.name())) {
                throw new IllegalArgumentException("files must be injector-" + index
                        + ".log, .hlog, .json, .out and .exit, once at most; one was '" + part.name() + "'");
            }
        }
        if (files.isEmpty() || !files.get(files.size() - 1).name().endsWith("." + LAST)) {
            throw new IllegalArgumentException("the last file must be injector-" + index + ".exit");
        }
    }

    /** Name of an injector's publication. */
    public static String name(int index) {
        return "injector-" + index + ".published.json";
    }

    /**
     * What an injector has to hand in.
     *
     * @param place the directory it wrote to
     * @throws EvidenceException if its exit code is missing, or a file cannot be read
     */
    public static ShardPublication of(ShardPlace place, int index) {
        List<Part> parts = new ArrayList<>();
        for (String kind : KINDS) {
            Path file = place.directory().resolve("injector-" + index + "." + kind);
            try {
                if (Files.isRegularFile(file)) {
                    parts.add(new Part(file.getFileName().toString(), Files.size(file), ShardPlace.sha256(file)));
                }
            } catch (IOException e) {
                throw new EvidenceException(file + ": cannot be read: " + e, e);
            }
        }
        try {
            return new ShardPublication(FORMAT, index, parts);
        } catch (IllegalArgumentException e) {
            throw new EvidenceException(place.directory() + ": " + e.getMessage(), e);
        }
    }

    /** As {@link #read} reads it. */
    public String text() {
        return EvidenceJson.document(this);
    }

    /**
     * Reads one.
     *
     * @throws EvidenceException if the text is none, or is another injector's
     */
    public static ShardPublication read(String text, int index) {
        ShardPublication publication;
        try {
            publication = EvidenceJson.read(text, ShardPublication.class);
        } catch (EvidenceException e) {
            throw new EvidenceException(name(index) + ": " + e.getMessage(), e);
        }
        if (publication.index() != index) {
            throw new EvidenceException(name(index) + ": is of injector " + publication.index());
        }
        return publication;
    }
}
