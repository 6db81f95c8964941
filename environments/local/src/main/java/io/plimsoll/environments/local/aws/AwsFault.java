package io.plimsoll.environments.local.aws;

/** An error that is answered as AWS answers it. */
final class AwsFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int httpStatus;
    private final String code;

    private AwsFault(int httpStatus, String code, String message) {
        super(message);
        this.httpStatus = httpStatus;
        this.code = code;
    }

    /** The caller's mistake: HTTP 400. */
    static AwsFault badRequest(String code, String message) {
        return new AwsFault(400, code, message);
    }

    /** The caller lacks the right: HTTP 403. */
    static AwsFault forbidden(String code, String message) {
        return new AwsFault(403, code, message);
    }

    /** Nothing by that name: HTTP 404. */
    static AwsFault notFound(String code, String message) {
        return new AwsFault(404, code, message);
    }

    /** A failure of this endpoint: HTTP 500. */
    static AwsFault internal(String message) {
        return new AwsFault(500, "InternalFailure", message);
    }

    int httpStatus() {
        return httpStatus;
    }

    String code() {
        return code;
    }

    /** The sentence for the caller. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
