package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.scaling.Refusal;

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

    /** A refusal of the control plane; CloudWatch answers what it does not find with HTTP 404. */
    static AwsFault of(Refusal refusal) {
        return new AwsFault(refusal.code().equals("ResourceNotFound") ? 404 : 400, refusal.code(), refusal.sentence());
    }

    /** Too much was asked for, or the service is down for a moment: HTTP 503. */
    static AwsFault unavailable(String code, String message) {
        return new AwsFault(503, code, message);
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
