package io.plimsoll.results.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardPublicationTest {
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final Path directory;

    ShardPublicationTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void write() throws IOException {
        for (String name :
                List.of("injector-3.exit", "injector-3.json", "injector-3.hlog", "injector-4.json", "start")) {
            Files.createFile(directory.resolve(name));
        }
    }

    @Test
    void itListsTheInjectorsFilesAndTheExitCodeLast() {
        ShardPublication publication = ShardPublication.of(new ShardPlace(directory), 3);
        assertThat(publication.files())
                .containsExactly(
                        new ShardPublication.Part("injector-3.hlog", 0, EMPTY),
                        new ShardPublication.Part("injector-3.json", 0, EMPTY),
                        new ShardPublication.Part("injector-3.exit", 0, EMPTY));
        assertThat(ShardPublication.read(publication.text(), 3)).isEqualTo(publication);
    }

    @Test
    void withoutAnExitCodeThereIsNone() {
        assertThatThrownBy(() -> ShardPublication.of(new ShardPlace(directory), 4))
                .isInstanceOf(EvidenceException.class)
                .hasMessage(directory + ": the last file must be injector-4.exit");
    }

    @Test
    void anotherInjectorsIsRefused() {
        String text = ShardPublication.of(new ShardPlace(directory), 3).text();
        assertThatThrownBy(() -> ShardPublication.read(text, 5))
                .isInstanceOf(EvidenceException.class)
                .hasMessage("injector-5.published.json: is of injector 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "injector-3.hlog|injector-2.hlog|files must be injector-3.log, .hlog, .json, .out and .exit, once at most; one was"
                        + " 'injector-2.hlog'",
                "injector-3.hlog|/etc/passwd|files must be injector-3.log, .hlog, .json, .out and .exit, once at most; one was"
                        + " '/etc/passwd'",
                "injector-3.hlog|injector-3.json|files must be injector-3.log, .hlog, .json, .out and .exit, once at most; one was"
                        + " 'injector-3.json'",
                "plimsoll-publication/1|plimsoll-publication/9|format must be plimsoll-publication/1, was"
                        + " plimsoll-publication/9",
                "e3b0c4|E3B0C4|injector-3.hlog: must have a size and a SHA-256, had 0 and"
                        + " 'E3B0C44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'",
            })
    void whatIsNoneIsRefused(String from, String to, String message) {
        String text = ShardPublication.of(new ShardPlace(directory), 3).text().replaceFirst(from, to);
        assertThatThrownBy(() -> ShardPublication.read(text, 3))
                .isInstanceOf(EvidenceException.class)
                .hasMessage("injector-3.published.json: " + message);
    }
}
