package io.plimsoll.environments.local.scaling;

/**
 * An instance of a group.
 *
 * @param id such as {@code i-0123456789abcdef0}
 * @param zone its availability zone
 * @param lifecycle where it is in its life
 * @param healthy whether the group takes it as healthy
 * @param protectedFromScaleIn whether scaling in spares it
 */
public record GroupInstance(
        String id, String zone, Lifecycle lifecycle, boolean healthy, boolean protectedFromScaleIn) {
    /** Auto Scaling's lifecycle states that occur here. */
    public enum Lifecycle {
        PENDING("Pending"),
        IN_SERVICE("InService"),
        ENTERING_STANDBY("EnteringStandby"),
        STANDBY("Standby"),
        TERMINATING("Terminating");

        private final String state;

        Lifecycle(String state) {
            this.state = state;
        }

        /** Auto Scaling's LifecycleState. */
        public String state() {
            return state;
        }
    }
}
