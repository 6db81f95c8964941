package io.plimsoll.simulations.fleet;

/** An engine cannot be reached, or does not take a gang; the message is for the person who asked for it. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EngineException(String message) {
        super(message);
    }
}
