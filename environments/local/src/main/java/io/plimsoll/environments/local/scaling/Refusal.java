package io.plimsoll.environments.local.scaling;

/** A request that AWS would refuse, with the code and the sentence it refuses it with. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    public Refusal(String code, String message) {
        super(message);
        this.code = code;
    }

    static Refusal invalid(String message) {
        return new Refusal("ValidationError", message);
    }

    /** AWS' error code, such as {@code ValidationError}. */
    public String code() {
        return code;
    }

    /** The sentence for the caller. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
