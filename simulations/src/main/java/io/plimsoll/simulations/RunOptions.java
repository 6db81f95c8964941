package io.plimsoll.simulations;

import io.plimsoll.simulations.plan.StagePlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the command line chose.
 *
 * @param home the checkout: the directory that holds the folders of environments, assertions and simulations
 * @param environment name of the environment
 * @param stage name of the stage
 * @param profile name of the load profile; {@link StagePlan#NAME} for the stage's own plan
 * @param traffic name of the traffic of phases that name none; empty for the plan's
 * @param probes name of the file that says how the service is probed
 * @param claims ids of the claims that are to be shown; empty for all
 * @param disturb what is done to the stack beyond the plan: a list as in a plan's {@code disturbances}; empty for nothing
 * @param instances the size at which a search for capacity holds the scaling groups; empty for that of its profile
 * @param livePort where the live page is served, 0 for any free port; empty for no page
 * @param overrides values that replace those of the environment's {@code stack} section, by dotted key
 */
public record RunOptions(
        Path home,
        String environment,
        String stage,
        String profile,
        Optional<String> traffic,
        String probes,
        Set<String> claims,
        String disturb,
        Optional<String> instances,
        OptionalInt livePort,
        SortedMap<String, String> overrides) {
    /** The option that chooses the size at which a search for capacity holds the scaling groups. */
    public static final String INSTANCES = "instances";

    private static final String LIVE_PORT = "live.port";
    private static final String OVERRIDE_PREFIX = "stack.";

    public RunOptions {
        claims = Collections.unmodifiableSortedSet(new TreeSet<>(claims));
        overrides = Collections.unmodifiableSortedMap(new TreeMap<>(overrides));
    }

    /**
     * Reads {@code -Denvironment= -Dstage= -Dprofile= -Dtraffic= -Dprobes= -Dclaims= -Dinstances= -Ddisturb= -Dlive.port=} and every {@code -Dstack.…=}.
     *
     * @param properties the system properties
     * @param workingDirectory where to look for the checkout, upwards
     * @throws RunFailure if no checkout is found, or the port is none
     */
    public static RunOptions of(Properties properties, Path workingDirectory) {
        SortedMap<String, String> overrides = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(OVERRIDE_PREFIX)) {
                overrides.put(name, properties.getProperty(name));
            }
        }
        return new RunOptions(
                home(workingDirectory),
                properties.getProperty("environment", "local"),
                properties.getProperty("stage", "auto-scaled"),
                properties.getProperty("profile", StagePlan.NAME),
                Optional.ofNullable(properties.getProperty("traffic")),
                properties.getProperty("probes", "reference"),
                claims(properties.getProperty("claims", "")),
                properties.getProperty("disturb", ""),
                Optional.ofNullable(properties.getProperty(INSTANCES)),
                livePort(properties.getProperty(LIVE_PORT)),
                overrides);
    }

    /** Everything that makes this run differ from others of its stage, environment and profile, by option. */
    SortedMap<String, String> given() {
        SortedMap<String, String> given = new TreeMap<>(overrides);
        instances.ifPresent(size -> given.put(INSTANCES, size));
        if (!disturb.isEmpty()) {
            given.put("disturb", disturb);
        }
        return given;
    }

    private static OptionalInt livePort(@Nullable String given) {
        if (given == null) {
            return OptionalInt.empty();
        }
        try {
            int port = Integer.parseInt(given.strip());
            if (port >= 0 && port <= 65_535) {
                return OptionalInt.of(port);
            }
        } catch (NumberFormatException e) {
            // told below, as a number that is no port is
        }
        throw new RunFailure(
                RunFailure.Cause.USAGE,
                "-D" + LIVE_PORT + ": must be a port from 1 to 65535, or 0 for any free one, was '" + given + "'");
    }

    /** {@code 4.4,5.1} */
    private static Set<String> claims(String list) {
        Set<String> claims = new TreeSet<>();
        for (String claim : list.split(",", -1)) {
            if (!claim.isBlank()) {
                claims.add(claim.strip());
            }
        }
        return claims;
    }

    /** The nearest directory, from here upwards, that is a checkout. */
    public static Path home(Path workingDirectory) {
        Path start = workingDirectory.toAbsolutePath().normalize();
        for (Path candidate = start; candidate != null; candidate = candidate.getParent()) {
            if (Files.isDirectory(candidate.resolve("environments"))
                    && Files.isDirectory(candidate.resolve("assertions").resolve("stages"))) {
                return candidate;
            }
        }
        throw new RunFailure(
                RunFailure.Cause.USAGE,
                start + ": neither this directory nor one above it holds 'environments' and 'assertions/stages'");
    }

    Path environments() {
        return home.resolve("environments");
    }

    Path environmentFile() {
        return environments().resolve(environment + ".yaml");
    }

    Path stages() {
        return home.resolve("assertions").resolve("stages");
    }

    Path profiles() {
        return home.resolve("simulations").resolve("profiles");
    }

    Path trafficMixes() {
        return home.resolve("simulations").resolve("traffic");
    }

    Path results() {
        return home.resolve("results");
    }

    Path probeFiles() {
        return home.resolve("simulations").resolve("probes");
    }

    Path runs() {
        return results().resolve("runs");
    }

    /** A path as a person in the checkout would type it. */
    Path relative(Path path) {
        Path absolute = path.toAbsolutePath();
        return absolute.startsWith(home) ? home.relativize(absolute) : absolute;
    }
}
