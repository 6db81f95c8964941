package io.plimsoll.environments.local.aws;

import java.util.Map;

/** An HTTP response. */
final class Answer {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * A response.
     *
     * @param status HTTP status code
     * @param headers its headers, Content-Type among them
     * @param body its body, which is not copied
     */
    Answer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    static Answer ok(Map<String, String> headers, byte[] body) {
        return new Answer(200, headers, body);
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }
}
