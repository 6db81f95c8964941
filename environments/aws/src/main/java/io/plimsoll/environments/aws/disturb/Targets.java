package io.plimsoll.environments.aws.disturb;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Chooses which parts of a stack a disturbance hits. The same stack, disturbance and seed give the same parts.
 *
 * @param topology the stack as it is now
 * @param seed of the choice
 */
record Targets(Topology topology, long seed) {
    private static final String TIER = " tier";

    /** Whether a part is in the tier {@code of}: by its tag {@code tier}, or else by the names it goes by. */
    private static boolean inTier(Resource part, String tier) {
        String tagged = part.facts().get("tier");
        if (tagged != null) {
            return tagged.equals(tier);
        }
        String names = (part.id() + " " + part.facts().getOrDefault("scaling-group", "")).toLowerCase(Locale.ROOT);
        return List.of(names.split("[^a-z0-9]+", -1)).contains(tier);
    }

    /**
     * The parts of a kind that {@code of} names, ordered by zone and id.
     *
     * @throws DisturbanceException if there is none
     */
    List<Resource> of(ResourceKind kind, Optional<String> of) {
        List<Resource> found = topology.of(kind).stream()
                .filter(part -> part.existedUntil().isEmpty())
                .filter(part -> kind != ResourceKind.INSTANCE
                        || part.facts().getOrDefault("state", "running").equals("running"))
                .filter(part -> of.isEmpty() || names(of.get(), part))
                .sorted(Comparator.comparing((Resource part) -> part.facts().getOrDefault("zone", ""))
                        .thenComparing(Resource::id))
                .toList();
        if (found.isEmpty()) {
            throw new DisturbanceException("the stack has no " + kind.word()
                    + of.filter(word -> !word.equals(kind.word()))
                            .map(word -> " of '" + word + "'")
                            .orElse(""));
        }
        return found;
    }

    private static boolean names(String of, Resource part) {
        return of.endsWith(TIER)
                ? inTier(part, of.substring(0, of.length() - TIER.length()))
                : of.equals(part.kind().word()) || of.equals(part.id());
    }

    /** So many of them, chosen by the seed; all if there are fewer. */
    List<Resource> some(List<Resource> parts, int count) {
        List<Resource> left = new java.util.ArrayList<>(parts);
        SplittableRandom random = new SplittableRandom(seed);
        while (left.size() > count) {
            left.remove(random.nextInt(left.size()));
        }
        return List.copyOf(left);
    }

    /** One of them, chosen by the seed. */
    Resource one(List<Resource> parts) {
        return some(parts, 1).get(0);
    }
}
