package io.plimsoll.environments.local.scaling;

/** How an alarm compares a datapoint with its threshold. */
public enum Comparison {
    GREATER_THAN("GreaterThanThreshold", "greater than") {
        @Override
        boolean breaches(double value, double threshold) {
            return value > threshold;
        }
    },
    GREATER_THAN_OR_EQUAL("GreaterThanOrEqualToThreshold", "greater than or equal to") {
        @Override
        boolean breaches(double value, double threshold) {
            return value >= threshold;
        }
    },
    LESS_THAN("LessThanThreshold", "less than") {
        @Override
        boolean breaches(double value, double threshold) {
            return value < threshold;
        }
    },
    LESS_THAN_OR_EQUAL("LessThanOrEqualToThreshold", "less than or equal to") {
        @Override
        boolean breaches(double value, double threshold) {
            return value <= threshold;
        }
    };

    private final String operator;
    private final String words;

    Comparison(String operator, String words) {
        this.operator = operator;
        this.words = words;
    }

    /** CloudWatch's ComparisonOperator. */
    public String operator() {
        return operator;
    }

    /** As an alarm's reason says it. */
    String words() {
        return words;
    }

    abstract boolean breaches(double value, double threshold);
}
