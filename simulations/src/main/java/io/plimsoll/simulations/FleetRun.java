package io.plimsoll.simulations;

import io.plimsoll.environments.aws.Bucket;
import io.plimsoll.environments.aws.BucketPlace;
import io.plimsoll.results.run.ShardPlace;
import io.plimsoll.results.verdict.Verdict;
import io.plimsoll.simulations.fleet.BucketResults;
import io.plimsoll.simulations.fleet.Calibration;
import io.plimsoll.simulations.fleet.Engine;
import io.plimsoll.simulations.fleet.EngineException;
import io.plimsoll.simulations.fleet.GangOrder;
import io.plimsoll.simulations.fleet.ResultsPlace;
import io.plimsoll.simulations.fleet.Sizing;
import io.plimsoll.simulations.plan.StagePlan;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A run whose load several injectors send: the stack is started or reached, and observed, once and from here; an engine
 * starts the injectors; what they publish is gathered, merged and judged as one run. An injector that fails makes the run
 * void: the others are then ended, and nothing is tried again.
 */
public final class FleetRun implements GuardedRun.Guarded {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration LOOK = Duration.ofMillis(500);
    /** After the plan's end: for requests that are still open, and for publishing. */
    private static final Duration GRACE = Duration.ofMinutes(2);
    /** From the end of a gang to the last of its files: directories of file servers are cached for up to a minute. */
    private static final Duration SETTLE = Duration.ofSeconds(60);

    private static final int LAST_WORDS = 5;
    private static final String WARM_UP = "warm-up";

    /**
     * How the injectors are started.
     *
     * @param injectors how many
     * @param heap of each, as Java writes it, such as {@code 1g}
     * @param lead from when they have their places to T0
     * @param patience how long the engine may take to give them their places
     * @param strength what they can do: too weak ones are refused; empty if that was not measured
     * @param results the bucket that they publish to; empty for a directory of the evidence, which they then share
     */
    public record Settings(
            int injectors,
            String heap,
            Duration lead,
            Duration patience,
            Optional<Strength> strength,
            Optional<BucketPlace> results) {}

    /**
     * What injectors can do.
     *
     * @param calibration what a request costs them
     * @param cores of each
     */
    public record Strength(Calibration calibration, double cores) {}

    private final RunInputs inputs;
    private final Engine engine;
    private final Settings settings;
    private final PrintStream out;
    private final StageRun run;
    private volatile Engine.@Nullable Gang gang;
    private volatile @Nullable ResultsPlace results;
    private volatile boolean left;

    private FleetRun(RunInputs inputs, Engine engine, Settings settings, PrintStream out) {
        this.inputs = inputs;
        this.engine = engine;
        this.settings = settings;
        this.out = out;
        this.run = new StageRun(
                inputs,
                out,
                following -> FleetLoad.follow(
                        inputs.environment().stop(),
                        settings.injectors(),
                        Objects.requireNonNull(results, "load flows once the injectors are asked for"),
                        following));
    }

    /**
     * Carries out a run and binds it to this process: whatever ends the process ends the injectors and the stack.
     *
     * @return its verdict
     * @throws RunFailure if it cannot be carried out
     * @throws InterruptedException if the thread is interrupted
     */
    public static Verdict carryOut(RunOptions options, Engine engine, Settings settings, PrintStream out)
            throws InterruptedException {
        RunInputs inputs = RunInputs.read(options);
        requireWarmUp(inputs.plan());
        if (inputs.plan().profile().search().isPresent()) {
            throw new RunFailure(
                    RunFailure.Cause.USAGE,
                    "profile '" + inputs.plan().profile().name()
                            + "' searches for a rate, which one injector does alone");
        }
        settings.strength().ifPresent(strength -> requireStrength(inputs, settings.injectors(), strength));
        if (settings.results().isPresent()) {
            try (Bucket bucket = Bucket.open(settings.results().get(), CLOCK)) {
                bucket.check();
            }
        }
        FleetRun fleet = new FleetRun(inputs, engine, settings, out);
        GuardedRun.bind(fleet);
        try {
            return fleet.carryOut();
        } catch (EngineException e) {
            fleet.abort(String.valueOf(e.getMessage()));
            throw new RunFailure(RunFailure.Cause.UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (RunFailure e) {
            fleet.abort(String.valueOf(e.getMessage()));
            throw e;
        } finally {
            fleet.abort("the run could not be carried out");
            fleet.left = true;
        }
    }

    /** Cold injectors send their first requests seconds apart; what is judged must come after that. */
    private static void requireWarmUp(StagePlan plan) {
        String first = plan.profile().steps().get(0).name();
        if (!first.equals(WARM_UP)) {
            throw new RunFailure(
                    RunFailure.Cause.USAGE,
                    "a run by several injectors must begin with a phase named '" + WARM_UP
                            + "', which is not judged: they"
                            + " start alike, but send their first requests seconds apart; '"
                            + plan.profile().name() + "' begins with '" + first + "'");
        }
    }

    private static void requireStrength(RunInputs inputs, int injectors, Strength strength) {
        double peak = inputs.planAt(Instant.EPOCH).phases().stream()
                .mapToDouble(phase -> Math.max(phase.fromRequestsPerSecond(), phase.toRequestsPerSecond()))
                .max()
                .orElse(0);
        Optional<String> refusal = peak > 0
                ? new Sizing(strength.calibration(), peak, strength.cores()).refusal(injectors)
                : Optional.empty();
        if (refusal.isPresent()) {
            throw new RunFailure(RunFailure.Cause.USAGE, "too few injectors: " + refusal.get());
        }
    }

    private Verdict carryOut() throws InterruptedException {
        run.begin();
        try (ResultsPlace place = place()) {
            results = place;
            return carryOut(place);
        }
    }

    private ResultsPlace place() throws InterruptedException {
        ShardPlace gathered = ShardPlace.create(run.evidence().injectors().directory());
        Optional<BucketPlace> bucket = settings.results();
        return bucket.isEmpty()
                ? new ResultsPlace.Shared(gathered, CLOCK)
                : BucketResults.of(
                        Bucket.open(
                                bucket.get()
                                        .below(run.evidence()
                                                .path()
                                                .getFileName()
                                                .toString()),
                                CLOCK),
                        gathered,
                        settings.injectors());
    }

    private Verdict carryOut(ResultsPlace place) throws InterruptedException {
        Engine.Gang asked = engine.submit(order(place));
        gang = asked;
        say("Asked for %d injectors: %s", settings.injectors(), asked.name());
        if (settings.strength().isEmpty()) {
            say("Whether they are enough was not looked at beforehand: there is no --calibration");
        }
        Instant start = start(asked, place);
        say(
                "T0 is %s, in %.0f s",
                start, Duration.between(CLOCK.instant(), start).toMillis() / 1000.0);
        run.loadFlowsAt(start);
        await(asked, place, run.inputs().planAt(start).whole().end().plus(GRACE));
        place.finish();
        run.end();
        return run.verdict().orElseThrow();
    }

    private GangOrder order(ResultsPlace place) {
        RunOptions chosen = inputs.options();
        List<String> options = new ArrayList<>(List.of(
                "-Xmx" + settings.heap(),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Denvironment=" + chosen.environment(),
                "-Dstage=" + chosen.stage(),
                "-Dprofile=" + chosen.profile(),
                "-Dprobes=" + chosen.probes(),
                "-Dclaims=" + String.join(",", chosen.claims()),
                "-Dshard.count=" + settings.injectors(),
                "-Dshard.run=" + run.evidence().path().getFileName()));
        chosen.traffic().ifPresent(mix -> options.add("-Dtraffic=" + mix));
        for (Map.Entry<String, String> address : run.addresses().entrySet()) {
            options.add("-Dshard.address." + address.getKey() + "=" + address.getValue());
        }
        return new GangOrder(
                run.evidence().path().getFileName().toString(),
                settings.injectors(),
                chosen.home(),
                place,
                options,
                settings.lead(),
                inputs.planAt(Instant.EPOCH).whole().length().plus(GRACE));
    }

    /** Waits until the engine has given all injectors their places. */
    private Instant start(Engine.Gang asked, ResultsPlace place) throws InterruptedException {
        Instant deadline = CLOCK.instant().plus(settings.patience());
        Optional<Instant> start = asked.start();
        while (start.isEmpty()) {
            if (asked.isOver()) {
                throw new EngineException(asked.name() + " ended before its injectors were started");
            }
            if (CLOCK.instant().isAfter(deadline)) {
                throw new EngineException(asked.name() + " was not started within "
                        + settings.patience().toSeconds() + " s");
            }
            Thread.sleep(LOOK.toMillis());
            place.gather();
            start = asked.start();
        }
        if (start.get().isBefore(CLOCK.instant())) {
            throw new EngineException("T0 was known here only after it had passed: choose a longer --lead than "
                    + settings.lead().toSeconds() + " s");
        }
        return start.get();
    }

    /** Returns when every injector has ended, or one has failed and the others have been ended, or time is up. */
    private void await(Engine.Gang asked, ResultsPlace place, Instant latest) throws InterruptedException {
        Instant deadline = latest;
        boolean ending = false;
        while (CLOCK.instant().isBefore(deadline)) {
            place.gather();
            List<OptionalInt> exits = IntStream.range(0, settings.injectors())
                    .mapToObj(place.gathered()::exitCode)
                    .toList();
            if (exits.stream().allMatch(OptionalInt::isPresent)) {
                return;
            }
            Optional<String> why = ending ? Optional.empty() : failure(asked, place, exits);
            if (why.isPresent()) {
                say("%s", why.get());
                lastWords(place.gathered(), exits).forEach(line -> say("  %s", line));
                ending = true;
                asked.cancel();
                deadline = earlier(deadline, CLOCK.instant().plus(SETTLE));
            }
            Thread.sleep(LOOK.toMillis());
        }
        say("Not all injectors have told how they ended");
        asked.cancel();
    }

    /** What the first injector that failed printed last. */
    private static List<String> lastWords(ShardPlace place, List<OptionalInt> exits) {
        for (int index = 0; index < exits.size(); index++) {
            if (exits.get(index).orElse(0) != 0) {
                Path printed = place.directory().resolve("injector-" + index + ".out");
                try {
                    List<String> lines = Files.readAllLines(printed).stream()
                            .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
                            .toList();
                    return lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size());
                } catch (IOException e) {
                    return List.of(printed + ": cannot be read: " + e.getMessage());
                }
            }
        }
        return List.of();
    }

    private Optional<String> failure(Engine.Gang asked, ResultsPlace place, List<OptionalInt> exits) {
        for (int index = 0; index < exits.size(); index++) {
            if (exits.get(index).orElse(0) != 0) {
                return Optional.of("Injector " + index + " ended with exit code "
                        + exits.get(index).getAsInt() + ": the run is void, the others are ended");
            }
            Optional<String> damage = place.damage(index);
            if (damage.isPresent()) {
                return Optional.of(
                        "Injector " + index + ": " + damage.get() + ": the run is void, the others are ended");
            }
        }
        return run.stopped()
                .map(reason -> "The injectors are ended: " + reason)
                .or(() -> asked.isOver()
                        ? Optional.of(asked.name() + " is over, and not all injectors have told how they ended")
                        : Optional.empty());
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** Ends the injectors, then the run; does nothing after a verdict. */
    @Override
    public void abort(String reason) {
        Engine.Gang asked = gang;
        gang = null;
        if (asked != null && run.verdict().isEmpty()) {
            try {
                asked.cancel();
            } catch (EngineException e) {
                say("plimsoll: %s may go on: %s", asked.name(), String.valueOf(e.getMessage()));
            }
        }
        run.abort(reason);
    }

    /** Once the run has been left, by a verdict or an error, the exit code is its caller's to choose. */
    @Override
    public int exitCode() {
        return left ? 0 : GuardedRun.ABORTED;
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
