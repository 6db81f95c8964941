package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.ObservationException.Reason;
import java.util.Collection;
import java.util.List;

/**
 * A name of a descriptor's section {@code find}, for sentences about it.
 *
 * @param key key of the descriptor, such as {@code find.load-balancer}
 * @param what what it names, such as {@code load balancer}
 * @param name the name
 * @param region the region it is looked for in
 */
record Landmark(String key, String what, String name, String region) {
    private static final int MOST_NAMES = 10;

    /** It does not exist; the sentence lists what does. */
    ObservationException notFound(Collection<String> found) {
        List<String> names = found.stream().sorted().toList();
        String list = names.isEmpty()
                ? "there is none"
                : "found: " + String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMES)));
        int more = names.size() - MOST_NAMES;
        return new ObservationException(
                Reason.NOT_FOUND,
                key + ": no " + what + " '" + name + "' in " + region + "; " + list
                        + (more > 0 ? " and " + more + " more" : ""));
    }

    /** It exists but is of no use. */
    ObservationException unfit(String rule) {
        return new ObservationException(Reason.FAILED, key + ": '" + name + "' " + rule);
    }

    /** Asking for it failed. */
    ObservationException failed(ObservationException cause) {
        return new ObservationException(cause.reason(), key + ": " + cause.sentence(), cause);
    }
}
