package io.plimsoll.environments.local.photos;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Makes small pictures of large ones, with little memory: a large picture is thinned out while it is read. */
public final class Thumbnail {
    /** Length of the longer side, in pixels; a smaller picture keeps its size. */
    public static final int LONGEST_SIDE = 128;

    /** Most pixels a picture may have: a small file can hold a picture that fills any memory. */
    public static final long MOST_PIXELS = 40_000_000;

    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final Set<String> FORMATS = Set.of("jpeg", "png");

    static {
        // Its cache would be files in the temporary directory.
        ImageIO.setUseCache(false);
    }

    private Thumbnail() {}

    /** The media type that the first bytes of a picture tell; empty if it is neither JPEG nor PNG. */
    public static Optional<String> mediaType(byte[] picture) {
        if (startsWith(picture, JPEG)) {
            return Optional.of("image/jpeg");
        }
        return startsWith(picture, PNG) ? Optional.of("image/png") : Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, byte[] beginning) {
        return bytes.length >= beginning.length
                && java.util.Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }

    /**
     * The thumbnail of a picture, as JPEG.
     *
     * @throws IOException if it is no picture, is broken, or has more than {@link #MOST_PIXELS}
     */
    public static byte[] of(byte[] picture) throws IOException {
        BufferedImage small = scaled(thinned(picture));
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream(8 << 10);
        if (!ImageIO.write(small, "jpeg", jpeg)) {
            throw new IOException("this Java cannot write JPEG");
        }
        return jpeg.toByteArray();
    }

    private static BufferedImage thinned(byte[] picture) throws IOException {
        try (ImageInputStream input = ImageIO.createImageInputStream(new ByteArrayInputStream(picture))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                throw new IOException("it is no picture");
            }
            ImageReader reader = readers.next();
            try {
                return thinned(reader, input);
            } catch (RuntimeException e) {
                // The readers throw several of them at files that are broken.
                throw new IOException("it cannot be read: " + e, e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static BufferedImage thinned(ImageReader reader, ImageInputStream input) throws IOException {
        String format = reader.getFormatName().toLowerCase(Locale.ROOT);
        if (!FORMATS.contains(format)) {
            throw new IOException("it is " + format + ", and only JPEG and PNG are taken");
        }
        reader.setInput(input, true, true);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MOST_PIXELS) {
            throw new IOException("it has " + width + " x " + height + " pixels, more than " + MOST_PIXELS);
        }
        int step = Math.max(1, Math.max(width, height) / (2 * LONGEST_SIDE));
        ImageReadParam everyFew = reader.getDefaultReadParam();
        everyFew.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, everyFew);
    }

    private static BufferedImage scaled(BufferedImage image) {
        double factor = Math.min(1, (double) LONGEST_SIDE / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * factor));
        int height = Math.max(1, (int) Math.round(image.getHeight() * factor));
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return small;
    }
}
