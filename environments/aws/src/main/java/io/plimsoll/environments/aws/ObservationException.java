package io.plimsoll.environments.aws;

/** Something of the stack cannot be observed; the message is one or more whole sentences, one a line. */
public final class ObservationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** Permissions or credentials do not suffice; asking again does not help. */
        REFUSED,
        /** Too many calls; asking later may help. */
        THROTTLED,
        /** The thing asked for does not exist. */
        NOT_FOUND,
        /** The endpoint does not know the operation, as AWS-compatible ones may not. */
        UNSUPPORTED,
        /** No answer, an error of the service, or no time left to ask. */
        FAILED
    }

    private final Reason reason;
    private final String sentence;

    ObservationException(Reason reason, String message) {
        super(message);
        this.reason = reason;
        this.sentence = message;
    }

    ObservationException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.sentence = message;
    }

    /** Why it cannot be observed. */
    public Reason reason() {
        return reason;
    }

    /** The message. */
    public String sentence() {
        return sentence;
    }
}
