package io.plimsoll.environments.local.estate;

/** What can be done to a distribution through AWS. Safe for several threads. */
public interface DistributionActs {
    /** Id of the distribution. */
    String id();

    /** Drops objects of a path; {@code *} stands for anything. */
    void invalidate(String pathPattern);
}
