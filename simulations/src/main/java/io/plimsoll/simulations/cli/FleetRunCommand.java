package io.plimsoll.simulations.cli;

import io.plimsoll.environments.aws.BucketPlace;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.document.Durations;
import io.plimsoll.simulations.FleetRun;
import io.plimsoll.simulations.RunOptions;
import io.plimsoll.simulations.fleet.BatchJob;
import io.plimsoll.simulations.fleet.Calibration;
import io.plimsoll.simulations.fleet.Engine;
import io.plimsoll.simulations.fleet.Hosting;
import io.plimsoll.simulations.fleet.KubernetesJob;
import io.plimsoll.simulations.fleet.LocalEngine;
import io.plimsoll.simulations.fleet.ManifestEngine;
import io.plimsoll.simulations.fleet.ShardContract;
import io.plimsoll.simulations.fleet.SlurmEngine;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Carries out one run whose load several injectors send. */
@Command(
        name = "run",
        description = {
            "Carries out one run whose load several injectors send: starts or reaches the environment, observes it, has an"
                    + " engine start the injectors, gathers and merges what they publish, judges once.",
            "Exit code: as of a run: 0 pass, 2 fail, 3 inconclusive, 4 invalid or aborted, 64 a file, option or name is"
                    + " wrong, 69 environment or engine cannot be reached, 74 evidence cannot be written."
        },
        mixinStandardHelpOptions = true)
final class FleetRunCommand implements Callable<Integer> {
    @Option(
            names = "--engine",
            required = true,
            paramLabel = "local|slurm|kubernetes|batch",
            description = {
                "local: processes of this machine. slurm: a job of as many tasks, all or none.",
                "kubernetes, batch: writes a manifest, says how to give it to the engine, and waits."
            })
    private String engine = "";

    @Option(names = "--injectors", required = true, paramLabel = "N", description = "How many, 1 to 1000")
    private int injectors;

    @Option(
            names = "-D",
            paramLabel = "NAME=VALUE",
            description = "As of mvn gatling:test: environment, stage, profile, traffic, probes, claims, stack.…")
    private Map<String, String> properties = Map.of();

    @Option(names = "--heap", paramLabel = "SIZE", defaultValue = "1g", description = "Of each injector. Default: 1g")
    private String heap = "1g";

    @Option(
            names = "--lead",
            paramLabel = "DURATION",
            defaultValue = "20 s",
            description = "From when all injectors have their places to T0. Default: ${DEFAULT-VALUE}")
    private String lead = "20 s";

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "30 min",
            description = "How long the engine may take to give them their places. Default: ${DEFAULT-VALUE}")
    private String patience = "30 min";

    @Option(
            names = "--slurm-option",
            paramLabel = "OPTION",
            description = "A further option of sbatch, such as --partition=load; may be repeated")
    private List<String> slurmOptions = List.of();

    @Option(
            names = "--results",
            paramLabel = "s3://BUCKET/PREFIX",
            description = {
                "A bucket that injectors publish to, for those that share no file system; ?region=REGION and"
                        + " &endpoint=URL may follow. Credentials are found by the SDK's default chain, here and there.",
                "Default: a directory of the run's evidence, which all must see."
            })
    private @Nullable String results;

    @Option(names = "--image", paramLabel = "IMAGE", description = "kubernetes, batch: with Java 17 and a shell")
    private String image = "";

    @Option(
            names = "--volume",
            paramLabel = "NAME",
            description =
                    "kubernetes: claim, batch: EFS file system, that holds the checkout and its Maven repository; not"
                            + " with --results, where the image holds them")
    private String volume = "";

    @Option(names = "--mount", paramLabel = "PATH", description = "Where it is mounted, in the image and here")
    private String mount = "";

    @Option(
            names = "--checkout",
            paramLabel = "PATH",
            description = "kubernetes, batch with --results: where the image holds the checkout. Default: as here")
    private @Nullable Path checkout;

    @Option(
            names = "--identity",
            paramLabel = "NAME",
            description = "kubernetes: service account, batch: job role's ARN, that may write to --results")
    private String identity = "";

    @Option(names = "--cpus", paramLabel = "N", defaultValue = "4", description = "kubernetes, batch: of each injector")
    private int cpus = 4;

    @Option(
            names = "--memory",
            paramLabel = "MB",
            defaultValue = "2048",
            description = "kubernetes, batch: of each injector; more than its heap")
    private int memory = 2048;

    @Option(
            names = "--calibration",
            paramLabel = "RUN",
            description = "Evidence of a former run: refuse the run if its injectors would be busy for more than 60 %%")
    private @Nullable Path calibration;

    @Option(
            names = "--cores",
            paramLabel = "C",
            description =
                    "With --calibration: of each injector. Default: this machine's, for local divided by --injectors")
    private @Nullable Double cores;

    @Override
    public Integer call() throws InterruptedException {
        if (injectors < 1 || injectors > ShardContract.MOST) {
            throw new DocumentException("--injectors: must be 1 to " + ShardContract.MOST + ", was " + injectors);
        }
        if (!heap.matches("[1-9][0-9]{0,5}[kmgKMG]")) {
            throw new DocumentException("--heap: must be a size as Java writes it, such as 512m, was '" + heap + "'");
        }
        Properties given = new Properties();
        given.putAll(properties);
        // UTF-8 whatever the locale: reasons hold signs beyond ASCII.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        return FleetRun.carryOut(
                        RunOptions.of(given, Path.of("")),
                        engine(),
                        new FleetRun.Settings(
                                injectors,
                                heap,
                                duration("--lead", lead),
                                duration("--patience", patience),
                                strength(),
                                results()),
                        out)
                .outcome()
                .exitCode();
    }

    private static Duration duration(String option, String text) {
        return Durations.parse(text)
                .orElseThrow(() -> new DocumentException(
                        option + ": must be a duration such as '20 s' or '30 min', was '" + text + "'"));
    }

    private Optional<BucketPlace> results() {
        try {
            return Optional.ofNullable(results).map(BucketPlace::parse);
        } catch (DocumentException e) {
            throw new DocumentException("--results: " + e.getMessage());
        }
    }

    private Hosting hosting() {
        try {
            boolean inImage = results != null && volume.isBlank() && mount.isBlank();
            return new Hosting(
                    image,
                    inImage ? Optional.empty() : Optional.of(new Hosting.Volume(volume, mount)),
                    Optional.ofNullable(checkout),
                    identity,
                    cpus,
                    memory);
        } catch (IllegalArgumentException e) {
            throw new DocumentException("--image, --volume, --mount, --checkout, --cpus, --memory: " + e.getMessage());
        }
    }

    /** What the injectors are measured against before they are asked for. */
    private Optional<FleetRun.Strength> strength() {
        if (calibration == null) {
            return Optional.empty();
        }
        double own = Runtime.getRuntime().availableProcessors();
        double each = cores != null ? cores : engine.equals("local") ? own / injectors : own;
        if (!(each > 0)) {
            throw new DocumentException("--cores: must be > 0, was " + each);
        }
        return Optional.of(new FleetRun.Strength(Calibration.of(calibration), each));
    }

    private Engine engine() {
        return switch (engine) {
            case "local" -> new LocalEngine(Clock.systemUTC());
            case "slurm" -> new SlurmEngine(slurmOptions);
            case "kubernetes" -> new ManifestEngine(new KubernetesJob(hosting()), Clock.systemUTC());
            case "batch" -> new ManifestEngine(new BatchJob(hosting()), Clock.systemUTC());
            default ->
                throw new DocumentException(
                        "--engine: must be local, slurm, kubernetes or batch, was '" + engine + "'");
        };
    }
}
