package io.plimsoll.environments.local.binaries;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds MariaDB's and Redis' server: the one a setting names, else the one in a jar of the class path for this platform,
 * unpacked into the user's cache, else the one on the PATH.
 */
public final class ServerBinaries {
    /** What is unpacked of MariaDB's jar: the server and the files it reads, about 310 MB of its 500. */
    private static final Pattern MARIADB_FILES = Pattern.compile(".*?/(bin/mariadbd|bin/mysqld\\.exe|bin/server\\.dll"
            + "|share/(?:mysql/)?(?:english/.+|charsets/.+|[^/]+\\.sql))");
    /** File names of the server; on Windows it still has its older one. */
    private static final List<String> MARIADB_PROGRAMS = List.of("mariadbd", "mariadbd.exe", "mysqld.exe");

    private final UserCache cache;
    private final Platform platform;
    private final List<Path> classPath;
    private final List<Path> searchPath;

    ServerBinaries(UserCache cache, Platform platform, List<Path> classPath, List<Path> searchPath) {
        this.cache = cache;
        this.platform = platform;
        this.classPath = List.copyOf(classPath);
        this.searchPath = List.copyOf(searchPath);
    }

    /** Binaries for this JVM's platform, class path and PATH. */
    public static ServerBinaries ofProcess(UserCache cache) {
        return new ServerBinaries(
                cache,
                Platform.current(),
                paths(System.getProperty("java.class.path", "")),
                paths(System.getenv().getOrDefault("PATH", "")));
    }

    private static List<Path> paths(String joined) {
        return Stream.of(joined.split(Pattern.quote(File.pathSeparator), -1))
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .toList();
    }

    /**
     * MariaDB's server and its files.
     *
     * @param server the program {@code mariadbd}
     * @param share directory with the SQL that initialises a data directory, error messages and character sets
     * @param version tells this build apart from others
     */
    public record MariaDb(Path server, Path share, String version) {}

    /**
     * MariaDB's server.
     *
     * @param named the program the user named, if any
     * @throws MissingBinaryException if there is none
     */
    public MariaDb mariadb(Optional<Path> named) {
        if (named.isPresent()) {
            return installed(named.get());
        }
        Optional<Path> jar = jar(platform.mariadbJar());
        if (jar.isPresent()) {
            String version = version(jar.get()) + "-" + platform;
            Path directory = cache.directory("mariadb-" + version, target -> unpack(jar.get(), MARIADB_FILES, target));
            Path server = MARIADB_PROGRAMS.stream()
                    .map(directory.resolve("bin")::resolve)
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> missing("MariaDB", "mariadbd"));
            return located(server, version);
        }
        return installed(onPath("mariadbd").orElseThrow(() -> missing("MariaDB", "mariadbd")));
    }

    /**
     * Redis' server.
     *
     * @param named the program the user named, if any
     * @throws MissingBinaryException if there is none
     */
    public Path redis(Optional<Path> named) {
        if (named.isPresent()) {
            return named.get();
        }
        Pattern program = Pattern.compile("(redis-server)-[^/]*-" + platform + "(?:\\.exe)?");
        Optional<Path> jar = jar("embedded-redis-").filter(file -> holds(file, program));
        if (jar.isPresent()) {
            return cache.directory("redis-" + version(jar.get()) + "-" + platform, to -> unpack(jar.get(), program, to))
                    .resolve("redis-server");
        }
        return onPath("redis-server").orElseThrow(() -> missing("Redis", "redis-server"));
    }

    private MissingBinaryException missing(String product, String program) {
        return new MissingBinaryException("there is no " + product + " server for " + platform
                + " on the class path and no '" + program + "' on the PATH: install it, or name it with"
                + " -Dstack.binaries." + program + "=/path/to/" + program);
    }

    private static MariaDb installed(Path server) {
        Path absolute = server.toAbsolutePath();
        return located(absolute, fingerprint(absolute));
    }

    /** A server with its share directory, which is beside the directory it is in. */
    private static MariaDb located(Path absolute, String version) {
        Optional<Path> prefix = Optional.ofNullable(absolute.getParent()).map(Path::getParent);
        return prefix.stream()
                .flatMap(base ->
                        Stream.of("share", "share/mysql", "share/mariadb").map(base::resolve))
                .filter(share -> Files.isRegularFile(share.resolve("mariadb_system_tables.sql")))
                .findFirst()
                .map(share -> new MariaDb(absolute, share, version))
                .orElseThrow(() -> new MissingBinaryException(absolute
                        + ": its installation has no share directory with mariadb_system_tables.sql (MariaDB 10.5 or"
                        + " later is needed)"));
    }

    private static String fingerprint(Path file) {
        return "installed-" + Integer.toHexString(file.hashCode()) + "-"
                + file.toFile().length() + "-" + file.toFile().lastModified();
    }

    /** A program on the PATH. */
    public Optional<Path> onPath(String program) {
        return searchPath.stream()
                .map(directory -> directory.resolve(platform.program(program)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Optional<Path> jar(String prefix) {
        return classPath.stream()
                .filter(entry -> Optional.ofNullable(entry.getFileName())
                        .map(Path::toString)
                        .filter(name -> name.startsWith(prefix) && name.endsWith(".jar"))
                        .isPresent())
                .findFirst();
    }

    /** {@code 11.4.5} of {@code …-11.4.5.jar}. */
    private static String version(Path jar) {
        Matcher matcher = Pattern.compile("-(\\d[\\w.]*)\\.jar$").matcher(jar.toString());
        return matcher.find() ? matcher.group(1) : fingerprint(jar);
    }

    private static boolean holds(Path jar, Pattern wanted) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .anyMatch(entry -> wanted.matcher(entry.getName()).matches());
        } catch (IOException e) {
            throw new UncheckedIOException(jar + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Unpacks the files that match, each under the name of the pattern's first group. */
    private static void unpack(Path jar, Pattern wanted, Path target) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                Matcher matcher = wanted.matcher(entry.getName());
                if (entry.isDirectory() || !matcher.matches()) {
                    continue;
                }
                Path to = target.resolve(matcher.group(1)).normalize();
                if (!to.startsWith(target)) {
                    throw new IOException(jar + ": entry " + entry.getName() + " points outside");
                }
                Files.createDirectories(Objects.requireNonNull(to.getParent()));
                try (InputStream in = file.getInputStream(entry)) {
                    Files.copy(in, to);
                }
                if (!matcher.group(1).startsWith("share/") && !to.toFile().setExecutable(true)) {
                    throw new IOException(to + ": cannot be made executable");
                }
            }
        }
    }
}
