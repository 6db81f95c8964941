package io.plimsoll.simulations.plan;

import java.util.Iterator;

/**
 * The part of one of several load generators: of an endless sequence it takes every {@code count}-th element, beginning
 * with its own index. All shares together are the sequence, nothing twice and nothing left out.
 *
 * @param index from 0 to {@code count} - 1
 * @param count at least 1
 */
public record Share(int index, int count) {
    /** Of the only load generator. */
    public static final Share WHOLE = new Share(0, 1);

    public Share {
        if (!(count >= 1 && index >= 0 && index < count)) {
            throw new IllegalArgumentException(
                    "share: index must be from 0 to count - 1, was " + index + " of " + count);
        }
    }

    /** This share of an endless sequence. */
    <T> Iterator<T> of(Iterator<T> all) {
        skip(all, index);
        return new Iterator<>() {
            private boolean first = true;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public T next() {
                if (!first) {
                    skip(all, count - 1);
                }
                first = false;
                return all.next();
            }
        };
    }

    private static void skip(Iterator<?> all, int elements) {
        for (int i = 0; i < elements; i++) {
            all.next();
        }
    }
}
