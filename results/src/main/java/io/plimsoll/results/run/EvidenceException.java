package io.plimsoll.results.run;

/** A directory is not readable as evidence, or evidence cannot be written; the message names the path and the rule. */
public final class EvidenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EvidenceException(String message) {
        super(message);
    }

    public EvidenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
