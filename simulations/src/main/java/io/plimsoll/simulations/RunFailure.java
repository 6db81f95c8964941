package io.plimsoll.simulations;

/** A run could not be carried out; the message is for the person who started it. */
public final class RunFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a run cannot be carried out, with the exit code of the ecosystem ({@code sysexits.h}). */
    public enum Cause {
        /** A file, option or name is wrong. */
        USAGE(64),
        /** The environment cannot be started, reached or read. */
        UNAVAILABLE(69),
        /** Evidence cannot be written. */
        IO(74);

        private final int exitCode;

        Cause(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Cause reason;

    public RunFailure(Cause reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Cause reason() {
        return reason;
    }
}
