package io.plimsoll.environments.local.measure;

/**
 * What a server did on its disk since its process was started, and what its files take.
 *
 * @param reads read operations
 * @param writes write operations
 * @param bytesRead bytes of those reads
 * @param bytesWritten bytes of those writes
 * @param pending operations begun and not ended
 * @param bytesStored size of its files
 */
public record DiskUse(long reads, long writes, long bytesRead, long bytesWritten, long pending, long bytesStored) {}
