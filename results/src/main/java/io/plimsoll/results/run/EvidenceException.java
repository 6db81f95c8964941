package io.plimsoll.results.run;

/** A directory is not readable as evidence, or evidence cannot be written; the message names the path and the rule. */
public final class EvidenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, for exit codes. */
    public enum Kind {
        /** What was given is not evidence, or a name is not allowed. */
        UNREADABLE,
        /** The disk is full, or the directory cannot be written. */
        UNWRITABLE
    }

    private final Kind kind;

    public EvidenceException(String message) {
        super(message);
        kind = Kind.UNREADABLE;
    }

    public EvidenceException(String message, Throwable cause) {
        this(Kind.UNREADABLE, message, cause);
    }

    private EvidenceException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Something cannot be written. */
    public static EvidenceException unwritable(String message, Throwable cause) {
        return new EvidenceException(Kind.UNWRITABLE, message, cause);
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }
}
