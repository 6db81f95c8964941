package io.plimsoll.results.document;

/** A user's file is wrong; the message names file, line, key, rule and value. */
public final class DocumentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DocumentException(String message) {
        super(message);
    }
}
