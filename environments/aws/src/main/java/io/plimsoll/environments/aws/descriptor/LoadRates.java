package io.plimsoll.environments.aws.descriptor;

/**
 * The load a stage is driven with here.
 *
 * @param basePerSecond requests per second before the load step, &gt; 0
 * @param peakPerSecond requests per second the stage must hold, at least the base
 */
public record LoadRates(double basePerSecond, double peakPerSecond) {
    public LoadRates {
        if (!(basePerSecond > 0 && peakPerSecond >= basePerSecond && Double.isFinite(peakPerSecond))) {
            throw new IllegalArgumentException("load rates: must be 0 < base <= peak, were " + basePerSecond + " and "
                    + peakPerSecond + " requests/s");
        }
    }

    /** The part of each of several load generators that share this load. */
    public LoadRates sharedBy(int count) {
        return new LoadRates(basePerSecond / count, peakPerSecond / count);
    }
}
