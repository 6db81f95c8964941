package io.plimsoll.simulations;

import io.plimsoll.environments.aws.ObservationException;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.load.UnreadableLogException;
import io.plimsoll.results.run.EvidenceException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    private static final int ABORTED = 4;
    /** UTF-8 whatever the locale: reasons hold signs beyond ASCII. */
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private static final AtomicReference<StageRun> CURRENT = new AtomicReference<>();

    private GuardedRun() {}

    /** Reads and checks all inputs; ends the process with one clear error if one is wrong. */
    static StageRun prepare() {
        StageRun[] prepared = new StageRun[1];
        guard(() ->
                prepared[0] = new StageRun(RunInputs.read(RunOptions.of(System.getProperties(), Path.of(""))), OUT));
        StageRun run = prepared[0];
        CURRENT.set(run);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(run), "plimsoll-verdict"));
        // A killed Maven leaves its child running, and generating load.
        ProcessHandle.current().parent().ifPresent(GuardedRun::endWith);
        return run;
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
        StageRun run = CURRENT.get();
        if (run != null) {
            run.abort(String.valueOf(message));
        }
        System.err.flush();
        Runtime.getRuntime().halt(exitCode);
    }

    private static void finish(StageRun run) {
        run.abort("the process was ended before the run was judged");
        int exitCode =
                run.verdict().map(verdict -> verdict.outcome().exitCode()).orElse(ABORTED);
        System.out.flush();
        if (exitCode != 0) {
            Runtime.getRuntime().halt(exitCode);
        }
    }
}
