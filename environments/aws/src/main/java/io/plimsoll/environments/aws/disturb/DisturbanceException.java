package io.plimsoll.environments.aws.disturb;

/** A disturbance could not be carried out; the message says why in a sentence. */
public final class DisturbanceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DisturbanceException(String message) {
        super(message);
    }
}
