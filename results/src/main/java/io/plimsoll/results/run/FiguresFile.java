package io.plimsoll.results.run;

import io.plimsoll.results.verdict.Baseline;
import io.plimsoll.results.verdict.Figures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads and writes {@link Figures} and {@link Baseline}. All methods throw {@link EvidenceException} if they cannot. */
public final class FiguresFile {
    /** Name of a run's figures, beside its verdict. */
    public static final String NAME = "figures.json";

    /** What a person adds who signs a run off. */
    private static final String SIGNATURE = "signature";

    private FiguresFile() {}

    /** Writes the figures of a run into a directory. */
    public static void write(Path directory, Figures figures) {
        write(directory.resolve(NAME), EvidenceJson.document(figures));
    }

    /** Writes a baseline. */
    public static void write(Path file, Baseline baseline) {
        write(file, EvidenceJson.document(baseline));
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw EvidenceException.unwritable(file + ": cannot be written: " + e, e);
        }
    }

    /** The figures in a file; a signature beside them is left to others. */
    public static Figures readFigures(Path file) {
        return read(file, Figures.class);
    }

    /** The baseline in a file. */
    public static Baseline readBaseline(Path file) {
        return read(file, Baseline.class);
    }

    private static <T> T read(Path file, Class<T> type) {
        try {
            return EvidenceJson.readWithout(SIGNATURE, Files.readString(file, StandardCharsets.UTF_8), type);
        } catch (IOException e) {
            throw new EvidenceException(file + ": cannot be read: " + e, e);
        } catch (EvidenceException e) {
            throw new EvidenceException(file + ": " + e.getMessage(), e);
        }
    }
}
