package io.plimsoll.environments.local.estate;

import java.util.List;

/** What there is now; every answer is read from the running processes. Safe for use by several threads. */
public interface Estate {
    /** All instances, terminated ones included, in launch order. */
    List<InstanceView> instances();

    BalancerView balancer();

    /** Registered and draining targets, in registration order. */
    List<TargetView> targets();

    List<DatabaseView> databases();

    List<CacheView> caches();
}
