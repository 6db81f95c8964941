package io.plimsoll.environments.local.process;

/** A child process could not be started or did not come up; the message ends with the last lines of its output. */
public final class ProcessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String text;

    public ProcessException(String message) {
        super(message);
        this.text = message;
    }

    public ProcessException(String message, Throwable cause) {
        super(message, cause);
        this.text = message;
    }

    @Override
    public String getMessage() {
        return text;
    }
}
