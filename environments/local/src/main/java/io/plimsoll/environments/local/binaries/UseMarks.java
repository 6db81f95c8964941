package io.plimsoll.environments.local.binaries;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Says which entries of a cache are in use, between threads and processes: each process holds a shared lock on a file of
 * the entry's name until it ends, however it does. Marks are made and looked for while {@link #alone} holds the lock of
 * the whole cache. A process must never open such a file twice: closing it once gives up all its locks (POSIX).
 */
final class UseMarks {
    private static final String ALL = ".lock";
    private static final String MARKS = ".in-use";

    /** Open files of this process' marks. */
    private static final Map<Path, FileChannel> HELD = new HashMap<>();

    private final Path root;

    /** Of the cache in a directory. */
    UseMarks(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** Something done to files. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** Does what must not be done by two at once; it must be short. */
    <T> T alone(Work<T> work) throws IOException {
        synchronized (HELD) {
            Files.createDirectories(root.resolve(MARKS));
            try (FileChannel all = open(root.resolve(ALL));
                    FileLock lock = all.lock()) {
                assert lock.isValid();
                return work.run();
            }
        }
    }

    /** Marks an entry as used until this process ends. */
    void hold(String entry) throws IOException {
        Path mark = mark(entry);
        if (!HELD.containsKey(mark)) {
            FileChannel channel = open(mark);
            channel.lock(0, Long.MAX_VALUE, true);
            HELD.put(mark, channel);
        }
    }

    /** Whether no process uses an entry; if none does, its mark is removed. */
    boolean isFree(String entry) throws IOException {
        Path mark = mark(entry);
        if (HELD.containsKey(mark)) {
            return false;
        }
        try (FileChannel channel = open(mark);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return false;
            }
        }
        Files.delete(mark);
        return true;
    }

    private Path mark(String entry) {
        return root.resolve(MARKS).resolve(entry);
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
