package io.plimsoll.results.load;

/** Bytes that Gatling cannot have written; the message says where and what. */
final class MalformedRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedRecordException(String message) {
        super(message);
    }
}
