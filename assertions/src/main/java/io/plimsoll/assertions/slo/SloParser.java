package io.plimsoll.assertions.slo;

import io.plimsoll.results.document.Suggestion;
import io.plimsoll.results.observation.MetricVocabulary;
import io.plimsoll.results.observation.ResourceKind;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Reads an SLO by recursive descent; the grammar is in the package's documentation. */
public final class SloParser {
    private final TokenReader tokens;
    private final ExpressionParser expressions;
    private final TimeParser times;
    private final LimitParser limits;

    private SloParser(String text, MetricVocabulary vocabulary) {
        this.tokens = new TokenReader(text);
        this.expressions = new ExpressionParser(tokens, vocabulary);
        this.times = new TimeParser(tokens);
        this.limits = new LimitParser(tokens, expressions, times);
    }

    /**
     * Reads one SLO about metrics of the catalogue.
     *
     * @throws SloSyntaxException with the place and what is valid there
     */
    public static Slo parse(String text) {
        return parse(text, MetricVocabulary.standard());
    }

    /**
     * Reads one SLO.
     *
     * @param vocabulary the metrics that can be named
     * @throws SloSyntaxException with the place and what is valid there
     */
    public static Slo parse(String text, MetricVocabulary vocabulary) {
        SloParser parser = new SloParser(text, vocabulary);
        Slo slo = parser.slo(true);
        parser.end("'for each', 'during', 'after', 'before', 'from', ',' or the end");
        return slo;
    }

    /** The dimension of a subject that a text begins with; empty if it begins with none. */
    public static Optional<Dimension> dimension(String text) {
        try {
            SloParser parser = new SloParser(text, MetricVocabulary.standard());
            boolean timed = parser.tokens.peek().is("time");
            return Optional.of((timed ? parser.timeBetween() : parser.expressions.expression()).dimension());
        } catch (SloSyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a stricter limit of an SLO.
     *
     * @throws SloSyntaxException with the place and what is valid there
     */
    static Limit parseLimit(String text, Slo slo, MetricVocabulary vocabulary) {
        SloParser parser = new SloParser(text, vocabulary);
        Limit limit = parser.limits.limit(slo.subject(), slo.comparison());
        parser.end("'or' or the end");
        return limit;
    }

    /**
     * Reads what a missing datapoint is taken for.
     *
     * @throws SloSyntaxException with the place and what is valid there
     */
    static Missing parseMissing(String text, Slo slo, MetricVocabulary vocabulary) {
        SloParser parser = new SloParser(text, vocabulary);
        Missing missing = parser.missing(slo.subject(), parser.tokens.peek());
        parser.end("the end");
        return missing;
    }

    private void end(String valid) {
        if (tokens.peek().kind() != Token.Kind.END) {
            throw tokens.expected(valid);
        }
    }

    /**
     * An SLO.
     *
     * @param whole whether it may say more than what must hold: when, in how much of it, and options
     */
    private Slo slo(boolean whole) {
        Token start = tokens.peek();
        Subject subject = start.is("time") ? timeBetween() : expressions.expression();
        Comparison comparison = limits.comparison();
        Limit limit = limits.limit(subject, comparison);
        Optional<TimeShare> share = whole ? share(subject, limit) : Optional.empty();
        Optional<ResourceKind> forEach = forEach(subject, start);
        Token place = tokens.peek();
        When when = whole ? times.when() : new When.Unstated();
        if (subject instanceof Subject.TimeBetween && !(when instanceof When.Unstated)) {
            throw tokens.error("a time between marks has no '" + place.text() + "': it starts at its mark", place);
        }
        Slo.Options options = whole ? options(subject, comparison) : Slo.Options.NONE;
        return new Slo(subject, comparison, limit, share, forEach, when, options);
    }

    private Subject timeBetween() {
        tokens.phrase("time", "from");
        Mark from = times.mark();
        tokens.phrase("to");
        Token goal = tokens.peek();
        boolean recovered = goal.is("recovered");
        if (!(recovered || goal.is("reached")) || !tokens.second().is("(")) {
            return new Subject.TimeBetween(from, new Subject.Goal.At(times.mark()));
        }
        tokens.next();
        tokens.phrase("(");
        Token place = tokens.peek();
        Slo inner = slo(false);
        if (!(inner.subject() instanceof Expression) || !inner.limit().isAbsolute()) {
            throw tokens.error(
                    goal.text() + "(...) takes an SLO about the client or about metrics, with a limit that is a number",
                    place);
        }
        if (!tokens.peek().is(")")) {
            throw tokens.expected("')': what is in " + goal.text() + "(...) has no 'during', no 'in' and no options");
        }
        tokens.next();
        return new Subject.TimeBetween(
                from, recovered ? new Subject.Goal.Recovered(inner) : new Subject.Goal.Reached(inner));
    }

    private Optional<TimeShare> share(Subject subject, Limit limit) {
        Token start = tokens.peek();
        if (!tokens.accept("in")) {
            return Optional.empty();
        }
        BigDecimal percent = tokens.number("a share such as 99 %");
        tokens.phrase("%", "of");
        Token word = tokens.peek();
        if (!tokens.isOneOf(TimeShare.Slice.words())) {
            throw tokens.expected("one of " + String.join(", ", TimeShare.Slice.words()));
        }
        TimeShare.Slice slice = TimeShare.Slice.valueOf(tokens.next().text().toUpperCase(Locale.ROOT));
        if (!(subject instanceof Expression expression) || !limit.isAbsolute()) {
            throw tokens.error("'in ... % of " + word.text() + "' takes a limit that is a number", start);
        }
        boolean ofMetrics = slice == TimeShare.Slice.PERIODS;
        boolean hasOther = ofMetrics
                ? expression.clientMeasures().findAny().isPresent()
                        || expression.metrics().findAny().isEmpty()
                : expression.metrics().findAny().isPresent()
                        || expression.clientMeasures().findAny().isEmpty();
        if (hasOther) {
            throw tokens.error(
                    ofMetrics
                            ? "periods are those of metrics; what the client saw is judged in seconds or minutes"
                            : word.text() + " are those of the client; metrics are judged in periods",
                    word);
        }
        try {
            return Optional.of(new TimeShare(percent, slice));
        } catch (IllegalArgumentException e) {
            throw tokens.error(String.valueOf(e.getMessage()), start);
        }
    }

    private Optional<ResourceKind> forEach(Subject subject, Token start) {
        Token token = tokens.peek();
        if (!tokens.accept("for")) {
            return Optional.empty();
        }
        tokens.phrase("each");
        Token place = tokens.peek();
        String word = tokens.wordsUntil("during", "after", "before", "from");
        ResourceKind kind = Arrays.stream(ResourceKind.values())
                .filter(candidate -> candidate.word().equals(word))
                .findFirst()
                .orElseThrow(() -> tokens.error(
                        Suggestion.unknown(
                                "resource",
                                word,
                                Arrays.stream(ResourceKind.values())
                                        .map(ResourceKind::word)
                                        .toList()),
                        place));
        if (!(subject instanceof Expression expression)
                || expression.metrics().findAny().isEmpty()
                || expression.clientMeasures().findAny().isPresent()) {
            throw tokens.error("'for each' takes a metric, not " + subject, token);
        }
        expression.metrics().filter(metric -> metric.kind() != kind).findFirst().ifPresent(metric -> {
            throw tokens.error(
                    metric.name() + " is measured of each " + metric.kind().word() + ", not of each " + word, start);
        });
        return Optional.of(kind);
    }

    private Slo.Options options(Subject subject, Comparison comparison) {
        boolean key = false;
        Optional<Limit> warn = Optional.empty();
        Missing missing = new Missing.AsUsual();
        while (tokens.accept(",")) {
            Token option = tokens.peek();
            if (tokens.accept("key")) {
                key = true;
            } else if (tokens.accept("warn")) {
                warn = Optional.of(limits.limit(subject, comparison));
            } else if (tokens.accept("missing")) {
                missing = missing(subject, option);
            } else {
                throw tokens.expected("one of key, warn, missing");
            }
        }
        return new Slo.Options(key, warn, missing);
    }

    private Missing missing(Subject subject, Token option) {
        if (!(subject instanceof Expression expression)
                || expression.metrics().findAny().isEmpty()) {
            throw tokens.error("'missing' is about the datapoints of metrics, and " + subject + " has none", option);
        }
        if (tokens.accept("unknown")) {
            return new Missing.Unknown();
        }
        if (tokens.accept("zero")) {
            if (!tokens.accept("with")) {
                throw tokens.expected(
                        "'with' and the metric that proves the source alive: a gap alone is never taken for zero");
            }
            Token first = tokens.peek();
            return new Missing.ZeroWith(
                    expressions.metricNamed(tokens.wordsUntil(), first).name());
        }
        if (!tokens.accept("at")) {
            throw tokens.expected("one of 'at most ... %', 'zero with ...', 'unknown'");
        }
        tokens.phrase("most");
        Token number = tokens.peek();
        BigDecimal percent = tokens.number("a share such as 5 %");
        tokens.phrase("%");
        try {
            return new Missing.AtMost(percent);
        } catch (IllegalArgumentException e) {
            throw tokens.error(String.valueOf(e.getMessage()), number);
        }
    }
}
