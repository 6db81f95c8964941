package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.logs.LogStore;
import io.plimsoll.environments.local.metrics.MetricStore;
import io.plimsoll.environments.local.scaling.AutoScaling;
import io.plimsoll.environments.local.site.AuditTrail;
import java.time.Clock;

/**
 * What the endpoint answers from.
 *
 * @param region region in the ARNs it answers with
 * @param estate what there is
 * @param metrics CloudWatch's metrics
 * @param scaling groups and alarms
 * @param audit told each call that changes something, and told of by CloudTrail
 * @param logs CloudWatch Logs' lines
 * @param faults what it does wrong on purpose
 * @param clock its time
 */
public record EndpointSettings(
        String region,
        Estate estate,
        MetricStore metrics,
        AutoScaling scaling,
        AuditTrail audit,
        LogStore logs,
        EndpointFaults faults,
        Clock clock) {}
