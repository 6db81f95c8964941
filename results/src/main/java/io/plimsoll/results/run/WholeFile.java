package io.plimsoll.results.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files that are replaced as a whole or not at all: each is written under another name in its directory, {@code
 * .<name>.draft}, and is on the disk before it gets its own, so neither a crash nor a full disk costs what was there.
 */
public final class WholeFile {
    private WholeFile() {}

    /** Writes a file under a name that is not its last. */
    @FunctionalInterface
    interface Content {
        void writeTo(Path draft) throws IOException;
    }

    /**
     * Writes text in UTF-8, in place of an earlier file; makes the directory if need be.
     *
     * @throws EvidenceException of kind {@link EvidenceException.Kind#UNWRITABLE} if it cannot be written
     */
    public static void write(Path target, String text) {
        replace(target, draft -> Files.writeString(draft, text, StandardCharsets.UTF_8));
    }

    /** As {@link #write}, with what {@code content} writes. */
    static void replace(Path target, Content content) {
        Path draft = target.resolveSibling("." + target.getFileName() + ".draft");
        try {
            Files.createDirectories(draft.toAbsolutePath().resolveSibling(".").normalize());
            Files.deleteIfExists(draft);
            content.writeTo(draft);
            force(draft);
            move(draft, target);
        } catch (IOException e) {
            drop(draft, e);
            throw EvidenceException.unwritable(target + ": cannot be written: " + e, e);
        }
    }

    /** A name must never reach the disk before what it names. */
    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void move(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** On a full disk half a file takes the room that others need. */
    private static void drop(Path draft, IOException cause) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
