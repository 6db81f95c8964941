package io.plimsoll.environments.aws;

import java.time.Clock;
import java.util.function.Supplier;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.fis.FisClient;
import software.amazon.awssdk.services.rds.RdsClient;

/**
 * The clients that change a stack. They are opened apart from those that observe it, and only if the descriptor permits a
 * disturbance.
 *
 * @param onClose closes them
 */
public record ActingClients(
        Ec2Client ec2, RdsClient rds, AutoScalingClient autoScaling, FisClient fis, Runnable onClose)
        implements AutoCloseable {

    /**
     * Makes one call.
     *
     * @param permission IAM action of the call, such as {@code ec2:TerminateInstances}
     * @throws ObservationException if it is refused or fails, with a sentence that names the permission
     * @throws InterruptedException if the thread is interrupted
     */
    public <T> T call(String permission, Supplier<T> call) throws InterruptedException {
        return AwsCalls.unbounded(Clock.systemUTC()).call(permission, call);
    }

    @Override
    public void close() {
        onClose.run();
    }
}
