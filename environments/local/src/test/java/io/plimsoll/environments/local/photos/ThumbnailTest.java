package io.plimsoll.environments.local.photos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailTest {
    @ParameterizedTest
    @CsvSource({"jpeg, 1600, 900, 128, 72", "png, 300, 600, 64, 128", "png, 128, 128, 128, 128", "jpeg, 20, 10, 20, 10"
    })
    void theLongerSideIsMadeToFitAndASmallPictureKeepsItsSize(
            String format, int width, int height, int thenWidth, int thenHeight) throws IOException {
        byte[] thumbnail = Thumbnail.of(Pictures.of(format, width, height));

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(thumbnail));
        assertThat(image.getWidth()).isEqualTo(thenWidth);
        assertThat(image.getHeight()).isEqualTo(thenHeight);
        assertThat(Thumbnail.mediaType(thumbnail)).hasValue("image/jpeg");
    }

    @Test
    void itShowsWhatThePictureShows() throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(Thumbnail.of(Pictures.of("jpeg", 1_000, 1_000))));

        assertThat(red(image.getRGB(10, 64))).isBetween(5, 40);
        assertThat(red(image.getRGB(118, 64))).isBetween(215, 250);
    }

    private static int red(int rgb) {
        return rgb >> 16 & 0xff;
    }

    @Test
    void whatIsNoPictureOrIsCutOffIsRefused() {
        byte[] text = "hello".getBytes(StandardCharsets.UTF_8);
        byte[] cut = Arrays.copyOf(Pictures.of("jpeg", 400, 300), 100);

        assertThat(Thumbnail.mediaType(text)).isEmpty();
        assertThat(Thumbnail.mediaType(cut)).hasValue("image/jpeg");
        assertThatThrownBy(() -> Thumbnail.of(text))
                .isInstanceOf(IOException.class)
                .hasMessage("it is no picture");
        assertThatThrownBy(() -> Thumbnail.of(cut)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Thumbnail.of(Pictures.of("gif", 10, 10)))
                .isInstanceOf(IOException.class)
                .hasMessage("it is gif, and only JPEG and PNG are taken");
    }

    @Test
    void aSmallFileThatClaimsToBeAHugePictureIsRefusedBeforeItFillsTheMemory() {
        byte[] png = Pictures.of("png", 10, 10);
        ByteBuffer head = ByteBuffer.wrap(png);
        head.putInt(16, 8_000).putInt(20, 5_001);
        CRC32 sum = new CRC32();
        sum.update(png, 12, 17);
        head.putInt(29, (int) sum.getValue());

        assertThatThrownBy(() -> Thumbnail.of(png))
                .isInstanceOf(IOException.class)
                .hasMessage("it has 8000 x 5001 pixels, more than 40000000");
    }
}
