package io.plimsoll.assertions.slo;

import java.util.Optional;

/**
 * A mark, or a time before or after it. Times are those of AWS: an environment's time scale shortens them.
 *
 * @param offset how far from the mark; empty if it is the mark itself
 * @param before whether the offset leads backwards
 */
public record Moment(Optional<Amount> offset, boolean before, Mark mark) {

    /** The mark itself. */
    public static Moment at(Mark mark) {
        return new Moment(Optional.empty(), false, mark);
    }

    @Override
    public String toString() {
        return offset.map(time -> time + (before ? " before " : " after ")).orElse("") + mark;
    }
}
