package io.plimsoll.simulations;

import io.plimsoll.environments.aws.ObservationException;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.load.UnreadableLogException;
import io.plimsoll.results.run.EvidenceException;
import io.plimsoll.simulations.fleet.ShardContract;
import io.plimsoll.simulations.fleet.ShardReview;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Binds a run to this process. The exit code is 0 only after a verdict PASS: whatever else happens (an error, a signal,
 * the death of Maven) ends the stack, closes the evidence as aborted and exits with another code.
 *
 * <p>Gatling writes its own report between the end of the run and the end of the process, so the exit code is set in a
 * shutdown hook, by {@link Runtime#halt}.
 */
final class GuardedRun {
    /** Exit code of a run that was not judged. */
    static final int ABORTED = 4;

    /** UTF-8 whatever the locale: reasons hold signs beyond ASCII. */
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private static final AtomicReference<Guarded> CURRENT = new AtomicReference<>();

    private GuardedRun() {}

    /** What is bound to this process. */
    interface Guarded {
        /** Ends it if it is not over; does nothing if it is. */
        void abort(String reason);

        /** The exit code of the process; not 0 unless all is over and well. */
        int exitCode();
    }

    /**
     * Reads and checks all inputs; ends the process with one clear error if one is wrong. The run is that of an injector
     * among several if the properties make it one.
     */
    static LoadRun prepare() {
        LoadRun[] prepared = new LoadRun[1];
        guard(() -> prepared[0] = read(System.getProperties()));
        LoadRun run = prepared[0];
        bind(run);
        // A killed Maven leaves its child running, and generating load.
        ProcessHandle.current().parent().ifPresent(GuardedRun::endWith);
        return run;
    }

    private static LoadRun read(Properties properties) {
        RunInputs inputs = RunInputs.read(RunOptions.of(properties, Path.of("")));
        Optional<ShardContract> contract = ShardContract.read(properties);
        if (contract.isEmpty()) {
            return new StageRun(inputs, OUT);
        }
        // The engine's process is a grandparent.
        contract.get().coordinator().flatMap(ProcessHandle::of).ifPresent(GuardedRun::endWith);
        return new ShardRun(inputs, contract.get(), OUT);
    }

    /** Binds a run to this process. */
    static void bind(Guarded run) {
        CURRENT.set(run);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(run), "plimsoll-verdict"));
    }

    private static void endWith(ProcessHandle parent) {
        var unused = parent.onExit().thenRun(() -> System.exit(ABORTED));
    }

    /** Carries out one step of the run; an expected failure becomes one clear error and an exit code of its own. */
    static void guard(Step step) {
        try {
            step.run();
        } catch (RunFailure e) {
            refuse(e.getMessage(), e.reason().exitCode());
        } catch (DocumentException e) {
            refuse(e.getMessage(), RunFailure.Cause.USAGE.exitCode());
        } catch (ObservationException e) {
            refuse(e.sentence(), RunFailure.Cause.UNAVAILABLE.exitCode());
        } catch (EvidenceException e) {
            refuse(e.getMessage(), RunFailure.Cause.IO.exitCode());
        } catch (UnreadableLogException e) {
            refuse(e.getMessage(), RunFailure.Cause.IO.exitCode());
        } catch (InterruptedException e) {
            refuse("interrupted", ABORTED);
        }
    }

    /** Ends a run whose evidence can no longer be written. */
    static void refuseUnwritable(EvidenceException failure) {
        refuse(failure.getMessage(), RunFailure.Cause.IO.exitCode());
    }

    /** Part of a run. */
    interface Step {
        void run() throws InterruptedException;
    }

    private static void refuse(@Nullable String message, int exitCode) {
        System.out.flush();
        System.err.println("plimsoll: " + message);
        Guarded run = CURRENT.get();
        if (run != null) {
            run.abort(String.valueOf(message));
        }
        System.err.flush();
        Runtime.getRuntime().halt(exitCode);
    }

    private static void finish(Guarded run) {
        run.abort(ShardReview.ENDED);
        System.out.flush();
        int exitCode = run.exitCode();
        if (exitCode != 0) {
            Runtime.getRuntime().halt(exitCode);
        }
    }
}
