package io.plimsoll.environments.local.estate;

import java.util.List;

/** What there is now; every answer is read from the running processes. Safe for use by several threads. */
public interface Estate {
    /** Everything of a type that the parts offer, in the order of the parts. */
    <T> List<T> all(Class<T> type);

    /** All instances, terminated ones included, in launch order within their fleet. */
    default List<InstanceView> instances() {
        return all(InstanceView.class);
    }

    default List<BalancerView> balancers() {
        return all(BalancerView.class);
    }

    default List<TargetGroupView> targetGroups() {
        return all(TargetGroupView.class);
    }

    /** Registered and draining targets of all target groups, in registration order within their group. */
    default List<TargetView> targets() {
        return all(TargetView.class);
    }

    default List<DatabaseView> databases() {
        return all(DatabaseView.class);
    }

    default List<CacheView> caches() {
        return all(CacheView.class);
    }
}
