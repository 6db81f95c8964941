package io.plimsoll.assertions.slo;

import io.plimsoll.results.observation.MetricDefinition;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Something that has one number in a window: what the client saw, what was measured of the stack, and arithmetic. */
public sealed interface Expression extends Subject {

    /** Every metric in it. */
    default Stream<MetricDefinition> metrics() {
        return Stream.empty();
    }

    /** Everything in it about the client. */
    default Stream<ClientMeasure> clientMeasures() {
        return Stream.empty();
    }

    /** What the client saw. */
    sealed interface ClientMeasure extends Expression {
        /** Of which requests. */
        Requests requests();

        @Override
        default Stream<ClientMeasure> clientMeasures() {
            return Stream.of(this);
        }
    }

    /**
     * A percentile of the response times of OK responses.
     *
     * @param percent in (0, 100)
     */
    record Percentile(BigDecimal percent, Requests requests) implements ClientMeasure {
        @Override
        public Dimension dimension() {
            return Dimension.TIME;
        }

        @Override
        public String toString() {
            return "p" + percent.toPlainString() + "(" + requests + ")";
        }
    }

    /** The longest response time of OK responses, exactly. */
    record Longest(Requests requests) implements ClientMeasure {
        @Override
        public Dimension dimension() {
            return Dimension.TIME;
        }

        @Override
        public String toString() {
            return "max(" + requests + ")";
        }
    }

    /** The shortest response time of OK responses. */
    record Shortest(Requests requests) implements ClientMeasure {
        @Override
        public Dimension dimension() {
            return Dimension.TIME;
        }

        @Override
        public String toString() {
            return "min(" + requests + ")";
        }
    }

    /** The mean response time of OK responses. */
    record MeanTime(Requests requests) implements ClientMeasure {
        @Override
        public Dimension dimension() {
            return Dimension.TIME;
        }

        @Override
        public String toString() {
            return "mean(" + requests + ")";
        }
    }

    /** Responses that failed the client's checks, of all. */
    record ErrorRatio(Requests requests) implements ClientMeasure {
        @Override
        public Dimension dimension() {
            return Dimension.RATIO;
        }

        @Override
        public String toString() {
            return "error ratio" + requests.ofPhrase();
        }
    }

    /** Number of responses that failed the client's checks. */
    record ErrorCount(Requests requests) implements ClientMeasure {
        @Override
        public Dimension dimension() {
            return Dimension.COUNT;
        }

        @Override
        public String toString() {
            return "error count" + requests.ofPhrase();
        }
    }

    /** Number of requests sent. */
    record RequestCount(Requests requests) implements ClientMeasure {
        @Override
        public Dimension dimension() {
            return Dimension.COUNT;
        }

        @Override
        public String toString() {
            return "count(" + requests + ")";
        }
    }

    /** Requests sent per second. */
    record RequestRate(Requests requests) implements ClientMeasure {
        @Override
        public Dimension dimension() {
            return Dimension.RATE;
        }

        @Override
        public String toString() {
            return "rate(" + requests + ")";
        }
    }

    /** Requests sent, as a share of those offered. */
    record AchievedRate() implements ClientMeasure {
        @Override
        public Requests requests() {
            return Requests.ALL;
        }

        @Override
        public Dimension dimension() {
            return Dimension.RATIO;
        }

        @Override
        public String toString() {
            return "achieved rate";
        }
    }

    /** Requests that the load plan offers. */
    record Offered() implements Expression {
        @Override
        public Dimension dimension() {
            return Dimension.COUNT;
        }

        @Override
        public String toString() {
            return "offered";
        }
    }

    /** A plain number. */
    record Constant(BigDecimal number) implements Expression {
        @Override
        public Dimension dimension() {
            return Dimension.COUNT;
        }

        @Override
        public String toString() {
            return number.toPlainString();
        }
    }

    /** How the datapoints of a window become one number. */
    enum Aggregate {
        MAX,
        MIN,
        MEAN,
        SUM,
        LAST,
        /** The sum of a counter per second of the window. */
        RATE,
        /** The share of the expected datapoints that exist. */
        COVERAGE;

        /** The word of the language. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static List<String> words() {
            return Stream.of(values()).map(Aggregate::word).toList();
        }
    }

    /**
     * One number of one metric.
     *
     * @param of only of resources whose id, or one of whose facts, is this; empty means all
     */
    record Metric(Aggregate aggregate, MetricDefinition metric, Optional<String> of) implements Expression {
        public Metric {
            of.ifPresent(word -> Names.requireQuotable("a resource", word));
        }

        @Override
        public Dimension dimension() {
            return switch (aggregate) {
                case COVERAGE -> Dimension.RATIO;
                case RATE -> Dimension.of(metric.unit()).perSecond().orElse(Dimension.COUNT);
                default -> Dimension.of(metric.unit());
            };
        }

        @Override
        public Stream<MetricDefinition> metrics() {
            return Stream.of(metric);
        }

        @Override
        public String toString() {
            return aggregate.word() + "(" + metric.name()
                    + of.map(word -> " of " + Names.written(word)).orElse("") + ")";
        }
    }

    /** How the numbers of several resources become one. */
    enum Comparing {
        /** (max − min) / mean, in percent. */
        SKEW,
        /** max − min. */
        SPREAD,
        /** The largest. */
        HOTTEST,
        /** The smallest. */
        COOLEST;

        /** The word of the language. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static List<String> words() {
            return Stream.of(values()).map(Comparing::word).toList();
        }
    }

    /**
     * One number of several resources, each of which has one by itself.
     *
     * @param of an expression of metrics of one kind of resource
     * @param by resources that share this fact, such as {@code zone}, count as one; empty means each by itself
     */
    record Across(Comparing how, Expression of, Optional<String> by) implements Expression {
        @Override
        public Dimension dimension() {
            return how == Comparing.SKEW ? Dimension.RATIO : of.dimension();
        }

        @Override
        public Stream<MetricDefinition> metrics() {
            return of.metrics();
        }

        @Override
        public String toString() {
            return how.word() + "(" + of + by.map(fact -> " by " + fact).orElse("") + ")";
        }
    }

    /** Two expressions and an operator, one of {@code + - * /}. */
    record Arithmetic(Expression left, char operator, Expression right) implements Expression {
        /**
         * Sums keep their dimension, and so does what is multiplied or divided by a plain number that is written out; a
         * quotient of two equal dimensions is a share; else it is a plain number.
         */
        @Override
        public Dimension dimension() {
            if (operator == '+' || operator == '-' || right instanceof Constant) {
                return left.dimension();
            }
            if (operator == '*' && left instanceof Constant) {
                return right.dimension();
            }
            return operator == '/' && left.dimension() == right.dimension() ? Dimension.RATIO : Dimension.COUNT;
        }

        @Override
        public Stream<MetricDefinition> metrics() {
            return Stream.concat(left.metrics(), right.metrics());
        }

        @Override
        public Stream<ClientMeasure> clientMeasures() {
            return Stream.concat(left.clientMeasures(), right.clientMeasures());
        }

        @Override
        public String toString() {
            return wrapped(left, false) + " " + operator + " " + wrapped(right, true);
        }

        private boolean additive() {
            return operator == '+' || operator == '-';
        }

        private String wrapped(Expression part, boolean isRight) {
            boolean needed = part instanceof Arithmetic inner && (isRight || (!additive() && inner.additive()));
            return needed ? "(" + part + ")" : part.toString();
        }
    }
}
