package io.plimsoll.environments.aws;

import java.util.Map;

/**
 * What AWS bills for calls, in US dollars of us-east-1, without a free tier. Prices of September 2025 (CloudWatch, SQS and S3
 * pricing pages); calls of the other services that are used here are free of charge.
 */
final class CallPrices {
    private static final Map<String, Double> CALLS = Map.of(
            "cloudwatch:ListMetrics", 0.01 / 1_000,
            "sqs:GetQueueUrl", 0.40 / 1_000_000,
            "sqs:GetQueueAttributes", 0.40 / 1_000_000,
            "s3:ListBucketMetricsConfigurations", 0.005 / 1_000,
            "s3:GetBucketEncryption", 0.0004 / 1_000);

    private CallPrices() {}

    /**
     * The price of calls.
     *
     * @param calls how many were made, by {@code service:Operation}
     * @param metricsRequested metrics named in GetMetricData calls, by which these are billed
     * @param priceOfThousandMetrics as the descriptor has it
     */
    static double of(Map<String, Long> calls, long metricsRequested, double priceOfThousandMetrics) {
        return priceOfThousandMetrics * metricsRequested / 1_000
                + calls.entrySet().stream()
                        .mapToDouble(call -> call.getValue() * CALLS.getOrDefault(call.getKey(), 0.0))
                        .sum();
    }
}
