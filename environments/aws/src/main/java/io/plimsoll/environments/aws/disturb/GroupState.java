package io.plimsoll.environments.aws.disturb;

import java.util.Set;

/**
 * A scaling group as it is.
 *
 * @param desired how many instances it shall have
 * @param inService how many of its instances are in service
 * @param members how many it has, in whatever state
 * @param suspended processes that it does not do by itself now
 */
record GroupState(int min, int max, int desired, int inService, int members, Set<String> suspended) {
    GroupState {
        suspended = Set.copyOf(suspended);
    }

    boolean settledAt(int size) {
        return inService == size && members == size;
    }
}
