package io.plimsoll.results.load;

/** A file is not a log of the kind asked for, or nothing of it can be read; the message names the file and the rule. */
public final class UnreadableLogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableLogException(String message) {
        super(message);
    }

    public UnreadableLogException(String message, Throwable cause) {
        super(message, cause);
    }
}
