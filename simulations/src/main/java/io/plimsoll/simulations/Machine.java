package io.plimsoll.simulations;

import com.sun.management.UnixOperatingSystemMXBean;
import io.plimsoll.environments.aws.Preflight.Check;
import io.plimsoll.environments.aws.Preflight.State;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether this machine can send a load: its file descriptors and processors. */
public final class Machine {
    /** Gatling's marginal cost: 31 CPU-seconds for 100,000 requests, and a core should be half idle. */
    private static final double CORES_PER_REQUEST_PER_SECOND = 2 * 31.0 / 100_000;

    private Machine() {}

    /**
     * What was looked at.
     *
     * @param peak highest rate that is to be sent, in requests a second
     */
    public static List<Check> checks(double peak) {
        List<Check> checks = new ArrayList<>();
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            long most = unix.getMaxFileDescriptorCount();
            long needed = 1024 + Math.round(2 * peak);
            checks.add(new Check(
                    "descriptors",
                    most >= needed ? State.FINE : State.REFUSED,
                    most + " file descriptors, " + needed + " needed at " + Math.round(peak) + " requests/s",
                    most >= needed ? "" : "ulimit -n " + needed));
        }
        int cores = Runtime.getRuntime().availableProcessors();
        double needed = peak * CORES_PER_REQUEST_PER_SECOND;
        checks.add(new Check(
                "processors",
                cores >= needed ? State.FINE : State.REFUSED,
                String.format(Locale.ROOT, "%d cores, %.1f needed at %.0f requests/s", cores, needed, peak),
                cores >= needed ? "" : "use a larger machine, or several injectors"));
        return List.copyOf(checks);
    }
}
