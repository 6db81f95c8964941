package io.plimsoll.environments.local.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The service's static files: {@code static/1} to {@code static/1000}, of 2 to 9 KiB that follow from their number. */
public final class StaticContent {
    /** Number of files; they are numbered from 1. */
    public static final int FILES = 1_000;

    private static final int KIB = 1_024;

    private StaticContent() {}

    /** Content of a file. */
    public static byte[] of(int number) {
        byte[] seed = digest("static/" + number).getBytes(StandardCharsets.US_ASCII);
        byte[] content = new byte[(2 + number % 8) * KIB];
        for (int i = 0; i < content.length; i += seed.length) {
            System.arraycopy(seed, 0, content, i, Math.min(seed.length, content.length - i));
        }
        return content;
    }

    /** A strong entity tag of content, with its quotes. */
    static String entityTag(byte[] content) {
        return "\"" + Integer.toHexString(Arrays.hashCode(content)) + "-" + content.length + "\"";
    }

    /** Writes all files into a directory that does not exist yet. */
    public static void writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (int number = 1; number <= FILES; number++) {
            Files.write(directory.resolve(Integer.toString(number)), of(number));
        }
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
