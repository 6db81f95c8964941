package io.plimsoll.assertions.slo;

import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What an SLO is about. Each prints as the language writes it. */
public sealed interface Subject {
    /** Which units a limit may have. */
    Dimension dimension();

    /** A request name, or all requests. */
    record Requests(Optional<String> name) {
        public Requests {
            if (name.filter(word -> word.isBlank() || word.contains("\"")).isPresent()) {
                throw new IllegalArgumentException(
                        "a request name must not be blank or hold a double quote, was '" + name.get() + "'");
            }
        }

        /** Names as a client record selects them: empty means all. */
        public Set<String> names() {
            return name.map(Set::of).orElse(Set.of());
        }

        @Override
        public String toString() {
            return name.map(Requests::written).orElse("all");
        }

        private static String written(String name) {
            boolean plain = name.matches("[A-Za-z_][\\w.]*(-\\w[\\w.]*)*")
                    && !name.equals("all")
                    && MetricCatalogue.named(name).isEmpty();
            return plain ? name : '"' + name + '"';
        }
    }

    /**
     * A percentile of the response times of OK responses.
     *
     * @param percent in (0, 100)
     */
    record Percentile(BigDecimal percent, Requests requests) implements Subject {
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
    record Longest(Requests requests) implements Subject {
        @Override
        public Dimension dimension() {
            return Dimension.TIME;
        }

        @Override
        public String toString() {
            return "max(" + requests + ")";
        }
    }

    /** The mean response time of OK responses. */
    record MeanTime(Requests requests) implements Subject {
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
    record ErrorRatio(Requests requests) implements Subject {
        @Override
        public Dimension dimension() {
            return Dimension.RATIO;
        }

        @Override
        public String toString() {
            return "error ratio"
                    + requests.name().map(name -> " of " + requests).orElse("");
        }
    }

    /** Requests sent, as a share of those offered. */
    record AchievedRate() implements Subject {
        @Override
        public Dimension dimension() {
            return Dimension.RATIO;
        }

        @Override
        public String toString() {
            return "achieved rate";
        }
    }

    /** Requests sent per second. */
    record RequestRate(Requests requests) implements Subject {
        @Override
        public Dimension dimension() {
            return Dimension.RATE;
        }

        @Override
        public String toString() {
            return "rate(" + requests + ")";
        }
    }

    /** The time from one mark to another. */
    record TimeBetween(String from, Mark to) implements Subject {
        @Override
        public Dimension dimension() {
            return Dimension.TIME;
        }

        @Override
        public String toString() {
            return "time from " + from + " to " + to;
        }
    }

    /** Where a time ends. */
    sealed interface Mark {
        /** A named moment. */
        record Named(String name) implements Mark {
            @Override
            public String toString() {
                return name;
            }
        }

        /** The moment from which an SLO about the client holds for good. */
        record Recovered(Slo slo) implements Mark {
            @Override
            public String toString() {
                return "recovered(" + slo + ")";
            }
        }
    }

    /** Metrics and arithmetic between them. */
    sealed interface Expression extends Subject {
        /** Every metric in it. */
        Stream<MetricDefinition> metrics();
    }

    /** How the samples of a window become one number. */
    enum Aggregate {
        MAX,
        MIN,
        MEAN,
        SUM,
        LAST;

        /** The word of the language. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static List<String> words() {
            return Stream.of(values()).map(Aggregate::word).toList();
        }
    }

    /** One number of one metric. */
    record Metric(Aggregate aggregate, MetricDefinition metric) implements Expression {
        @Override
        public Dimension dimension() {
            return Dimension.of(metric.unit());
        }

        @Override
        public Stream<MetricDefinition> metrics() {
            return Stream.of(metric);
        }

        @Override
        public String toString() {
            return aggregate.word() + "(" + metric.name() + ")";
        }
    }

    /** Two expressions and an operator, one of {@code + - * /}. */
    record Arithmetic(Expression left, char operator, Expression right) implements Expression {
        /** Sums keep their dimension; a quotient of two equal dimensions is a share; else it is a plain number. */
        @Override
        public Dimension dimension() {
            if (operator == '+' || operator == '-') {
                return left.dimension();
            }
            return operator == '/' && left.dimension() == right.dimension() ? Dimension.RATIO : Dimension.COUNT;
        }

        @Override
        public Stream<MetricDefinition> metrics() {
            return Stream.concat(left.metrics(), right.metrics());
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
