package io.plimsoll.environments.local.binaries;

/** There is no server program for this platform; the message says what to do about it. */
public final class MissingBinaryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MissingBinaryException(String message) {
        super(message);
    }
}
