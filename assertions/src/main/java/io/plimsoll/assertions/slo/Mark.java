package io.plimsoll.assertions.slo;

/** A moment that has a name. */
public sealed interface Mark {

    /** A mark of the load plan, a disturbance, or one of those that are found in the events: one word. */
    record Named(String name) implements Mark {
        public Named {
            if (!Names.isWord(name)) {
                throw new IllegalArgumentException("a mark must be one word, was '" + name + "'");
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** The first event whose summary holds a text, whatever the case of its letters. */
    record Text(String text) implements Mark {
        public Text {
            Names.requireQuotable("the text of a mark", text);
        }

        @Override
        public String toString() {
            return '"' + text + '"';
        }
    }

    /** The start or the end of a phase. */
    record PhaseEdge(boolean start, String phase) implements Mark {
        public PhaseEdge {
            Names.requireQuotable("a phase", phase);
        }

        @Override
        public String toString() {
            return (start ? "start of " : "end of ") + Names.written(phase);
        }
    }
}
