package io.plimsoll.results.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * Checksums of files, in lower-case hexadecimal. The manifest has both: SHA-256 for those outside, who have {@code
 * sha256sum} on every machine, and CRC-32C for every reading of the evidence, as processors compute it as fast as a disk
 * can be read. Against damage by accident either will do: a CRC of 32 bits finds every burst of up to 32 bits, and
 * misses one in 4 thousand million of all others (<a href="https://www.rfc-editor.org/rfc/rfc3720#section-12.1">RFC
 * 3720, 12.1</a>). Against intent neither helps, as whoever changes a file can change the manifest too.
 */
enum Checksum {
    /** FIPS 180-4. */
    SHA_256("SHA-256", 64),
    /** RFC 3720. */
    CRC_32C("CRC-32C", 8);

    private static final int BUFFER = 1 << 16;

    private final String title;
    private final int digits;

    Checksum(String title, int digits) {
        this.title = title;
        this.digits = digits;
    }

    /** As messages call it. */
    String title() {
        return title;
    }

    /** Whether a text has the form of such a checksum. */
    boolean canBe(String text) {
        return text.length() == digits && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /** That of a file as it is now. */
    String of(Path file) throws IOException {
        try {
            return this == SHA_256 ? sha256(file) : crc32c(file);
        } catch (IOException e) {
            throw new IOException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static String crc32c(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            while (in.read(buffer) >= 0) {
                crc.update(buffer.flip());
                buffer.clear();
            }
        }
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
