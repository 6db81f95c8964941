package io.plimsoll.simulations.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegPictureTest {
    @ParameterizedTest
    @ValueSource(ints = {JpegPicture.SMALLEST, 4_096, 16_384, 16_385, 16_387, 300_000})
    void aPictureHasExactlyItsSizeAndIsOne(int bytes) throws IOException {
        byte[] picture = JpegPicture.of(bytes);

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
        assertThat(picture).hasSize(bytes).isEqualTo(JpegPicture.of(bytes));
        assertThat(image.getWidth()).isGreaterThanOrEqualTo(bytes >= 16_384 ? 100 : 8);
        assertThat(image.getRGB(image.getWidth() - 2, 1) >> 16 & 0xff)
                .isGreaterThan((image.getRGB(0, 1) >> 16 & 0xff) + 50);
    }
}
