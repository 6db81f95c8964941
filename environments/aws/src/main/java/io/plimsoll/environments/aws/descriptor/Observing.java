package io.plimsoll.environments.aws.descriptor;

import java.time.Duration;

/**
 * How an environment is observed.
 *
 * @param period length of a metric's period, in whole seconds
 * @param targetHealthPoll time between two polls of target health; the error bar of its transitions
 * @param liveMetrics whether replica lag is polled for the console while load is sent; AWS bills each poll
 * @param settleQuiet a metric has settled once it is unchanged for so long
 * @param settleDeadline when to stop waiting for metrics to settle, longer than {@code settleQuiet}
 * @param hideAccountIds whether the account ids of ARNs are left out of the evidence
 * @param priceOfThousandMetrics what AWS bills for 1,000 metrics requested, in US dollars
 */
public record Observing(
        Duration period,
        Duration targetHealthPoll,
        boolean liveMetrics,
        Duration settleQuiet,
        Duration settleDeadline,
        boolean hideAccountIds,
        double priceOfThousandMetrics) {
    /** CloudWatch's list price of us-east-1 (pricing page, September 2025). */
    public static final double LIST_PRICE = 0.01;

    public Observing {
        if (!(period.compareTo(Duration.ZERO) > 0 && period.toNanosPart() == 0)) {
            throw new IllegalArgumentException("observe: period must be whole seconds > 0, was " + period);
        }
        if (!(targetHealthPoll.compareTo(Duration.ZERO) > 0)) {
            throw new IllegalArgumentException("observe: target health poll must be > 0, was " + targetHealthPoll);
        }
        if (!(settleQuiet.compareTo(Duration.ZERO) > 0 && settleQuiet.compareTo(settleDeadline) < 0)) {
            throw new IllegalArgumentException("observe: settle quiet must be > 0 and less than the deadline, were "
                    + settleQuiet + " and " + settleDeadline);
        }
    }

    /** Without hiding anything, at the list price. */
    public Observing(
            Duration period,
            Duration targetHealthPoll,
            boolean liveMetrics,
            Duration settleQuiet,
            Duration settleDeadline) {
        this(period, targetHealthPoll, liveMetrics, settleQuiet, settleDeadline, false, LIST_PRICE);
    }
}
