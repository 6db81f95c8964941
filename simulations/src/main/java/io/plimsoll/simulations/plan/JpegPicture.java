package io.plimsoll.simulations.plan;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Real pictures of an exact size in bytes, for uploads to services that look at what they are sent. */
final class JpegPicture {
    /** Smallest size that can be had, in bytes. */
    static final int SMALLEST = 1_024;

    private static final int MOST_OF_A_COMMENT = 65_533;
    /** Start of image, two bytes; a comment may follow at once. */
    private static final int HEAD = 2;
    /** Marker and length of a comment. */
    private static final int COMMENT_HEAD = 4;

    private static final int LARGEST_SIDE = 2_048;

    private JpegPicture() {}

    /**
     * The largest picture of gradients and grain that fits; comments fill it up. The same for the same size.
     *
     * @param bytes at least {@link #SMALLEST}
     */
    static byte[] of(int bytes) {
        byte[] picture = encoded(8);
        for (int side = 16; side <= LARGEST_SIDE; side += Math.max(8, side / 4)) {
            byte[] larger = encoded(side);
            if (larger.length + COMMENT_HEAD > bytes) {
                break;
            }
            picture = larger;
        }
        return filled(picture, bytes);
    }

    private static byte[] encoded(int side) {
        Random grain = new Random(side);
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int noise = grain.nextInt(16);
                int red = 16 + 208 * x / side + noise;
                int green = 16 + 208 * y / side + noise;
                image.setRGB(x, y, red << 16 | green << 8 | 96 + noise);
            }
        }
        try (ByteArrayOutputStream jpeg = new ByteArrayOutputStream()) {
            if (!ImageIO.write(image, "jpeg", jpeg)) {
                throw new IllegalStateException("this Java cannot write JPEG");
            }
            return jpeg.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] filled(byte[] picture, int bytes) {
        ByteArrayOutputStream filled = new ByteArrayOutputStream(bytes);
        filled.write(picture, 0, HEAD);
        int left = bytes - picture.length;
        while (left >= COMMENT_HEAD) {
            int text = Math.min(left - COMMENT_HEAD, MOST_OF_A_COMMENT);
            int after = left - COMMENT_HEAD - text;
            if (after > 0 && after < COMMENT_HEAD) {
                text -= COMMENT_HEAD;
            }
            filled.write(0xff);
            filled.write(0xfe);
            filled.write((text + 2) >> 8);
            filled.write((text + 2) & 0xff);
            filled.writeBytes(new byte[text]);
            left -= COMMENT_HEAD + text;
        }
        filled.write(picture, HEAD, picture.length - HEAD);
        return filled.toByteArray();
    }
}
