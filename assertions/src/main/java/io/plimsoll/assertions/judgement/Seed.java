package io.plimsoll.assertions.judgement;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The seed of everything that draws at random: the same for the same run, whoever judges it. */
public final class Seed {
    private Seed() {}

    /** CRC-32 of the run's id in UTF-8. */
    public static long of(String runId) {
        CRC32 crc = new CRC32();
        crc.update(runId.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
