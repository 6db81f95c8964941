package io.plimsoll.environments.local.photos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PhotoTest {
    @Test
    void aJobNamesItsPhotoAndNothingElseIsAJob() {
        Photo photo = Photo.of(17);

        assertThat(photo.job()).isEqualTo("{\"photo\":\"17\"}");
        assertThat(Photo.ofJob(photo.job())).hasValue(photo);
        assertThat(Photo.ofJob("{\"photo\":\"../17\"}")).isEmpty();
        assertThat(Photo.ofJob("hello")).isEmpty();
        assertThatThrownBy(() -> new Photo("a/b"))
                .hasMessage("photo: name must be 1 to 40 of a-z, 0-9 and '-', was 'a/b'");
    }
}
