package io.plimsoll.results.observation;

/** What kind of thing a metric or an event is about. {@link #word} is what an SLO writes after {@code for each}. */
public enum ResourceKind {
    LOAD_BALANCER("load balancer"),
    TARGET_GROUP("target group"),
    SCALING_GROUP("scaling group"),
    INSTANCE("instance"),
    DATABASE("database"),
    REPLICA("replica"),
    CACHE("cache");

    private final String word;

    ResourceKind(String word) {
        this.word = word;
    }

    /** The word of the SLO language. */
    public String word() {
        return word;
    }
}
