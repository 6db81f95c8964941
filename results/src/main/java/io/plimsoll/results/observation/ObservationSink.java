package io.plimsoll.results.observation;

import java.util.function.Consumer;

/**
 * Takes what is observed while a run goes on, so that a run which is killed leaves it. What is gathered at the end of a
 * run replaces it.
 *
 * <p>Safe for use by several threads. No method throws: whoever observes must not be stopped by who keeps.
 */
public interface ObservationSink {
    /** Keeps nothing. */
    ObservationSink NONE = new ObservationSink() {
        @Override
        public void topology(Topology topology) {}

        @Override
        public void samples(Series part) {}

        @Override
        public void event(Event event) {}
    };

    /** The stack as seen now; a later call replaces an earlier one. */
    void topology(Topology topology);

    /**
     * New datapoints of a series: a series that holds them alone. A datapoint of the same series and start replaces an
     * earlier one.
     */
    void samples(Series part);

    /** Something that happened. */
    void event(Event event);

    /** This sink, with someone else who is told of events before they are kept; who must not throw either. */
    default ObservationSink also(Consumer<Event> told) {
        ObservationSink kept = this;
        return new ObservationSink() {
            @Override
            public void topology(Topology topology) {
                kept.topology(topology);
            }

            @Override
            public void samples(Series part) {
                kept.samples(part);
            }

            @Override
            public void event(Event event) {
                told.accept(event);
                kept.event(event);
            }
        };
    }
}
