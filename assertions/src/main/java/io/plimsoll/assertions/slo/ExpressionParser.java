package io.plimsoll.assertions.slo;

import io.plimsoll.results.document.Suggestion;
import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.MetricSource;
import io.plimsoll.results.observation.MetricVocabulary;
import io.plimsoll.results.observation.Unit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads expressions: what the client saw, metrics, and arithmetic between them. */
final class ExpressionParser {
    private static final String REQUEST = "a request name, quoted if it is more than one word";
    /** What an SLO can be about, as errors list it. */
    static final List<String> SUBJECTS = List.of(
            "p50(...)",
            "p90(...)",
            "p95(...)",
            "p99(...)",
            "p99.9(...)",
            "max(...)",
            "min(...)",
            "mean(...)",
            "sum(...)",
            "last(...)",
            "rate(...)",
            "count(...)",
            "coverage(...)",
            "skew(...)",
            "spread(...)",
            "hottest(...)",
            "coolest(...)",
            "error ratio",
            "error count",
            "achieved rate",
            "offered",
            "time from ... to ...");

    private final TokenReader tokens;
    private final MetricVocabulary vocabulary;

    ExpressionParser(TokenReader tokens, MetricVocabulary vocabulary) {
        this.tokens = tokens;
        this.vocabulary = vocabulary;
    }

    /** Sums and differences of products. */
    Expression expression() {
        Expression left = product();
        while (tokens.peek().is("+") || tokens.peek().is("-")) {
            Token operator = tokens.next();
            Expression right = product();
            if (left.dimension() != right.dimension()) {
                throw tokens.error(
                        "cannot " + (operator.is("+") ? "add " : "subtract ") + right + " and " + left
                                + ": their units differ",
                        operator);
            }
            left = new Expression.Arithmetic(left, operator.text().charAt(0), right);
        }
        return left;
    }

    private Expression product() {
        Expression left = factor();
        while (tokens.peek().is("*") || tokens.peek().is("/")) {
            char operator = tokens.next().text().charAt(0);
            left = new Expression.Arithmetic(left, operator, factor());
        }
        return left;
    }

    private Expression factor() {
        Token token = tokens.peek();
        if (tokens.accept("(")) {
            Expression inner = expression();
            tokens.phrase(")");
            return inner;
        }
        if (token.kind() == Token.Kind.NUMBER) {
            return new Expression.Constant(tokens.number("a number"));
        }
        if (token.kind() != Token.Kind.WORD) {
            throw tokens.expected("what is measured, one of " + String.join(", ", SUBJECTS));
        }
        return token.text().matches("p\\d+(\\.\\d+)?") ? percentile() : named(token);
    }

    private Expression named(Token function) {
        return switch (function.text()) {
            case "error" -> errors();
            case "achieved" -> {
                tokens.phrase("achieved", "rate");
                yield new Expression.AchievedRate();
            }
            case "offered" -> {
                tokens.next();
                yield new Expression.Offered();
            }
            case "count" -> {
                tokens.next();
                yield new Expression.RequestCount(requestInParentheses());
            }
            default -> {
                if (Expression.Comparing.words().contains(function.text())) {
                    yield across();
                }
                if (!Expression.Aggregate.words().contains(function.text())) {
                    throw tokens.error(Suggestion.unknown("measure", function.text(), SUBJECTS), function);
                }
                yield tokens.parenthesised().filter(this::isRequest).isPresent() ? ofRequests(function) : metric();
            }
        };
    }

    /** A quoted name, or one word that the catalogue does not know: {@code max(read)} is a response time. */
    private boolean isRequest(List<Token> inner) {
        if (inner.size() != 1) {
            return false;
        }
        Token name = inner.get(0);
        return name.kind() == Token.Kind.STRING || vocabulary.named(name.text()).isEmpty();
    }

    private Expression ofRequests(Token function) {
        return switch (function.text()) {
            case "max" -> {
                tokens.next();
                yield new Expression.Longest(requestInParentheses());
            }
            case "min" -> {
                tokens.next();
                yield new Expression.Shortest(requestInParentheses());
            }
            case "mean" -> {
                tokens.next();
                yield new Expression.MeanTime(requestInParentheses());
            }
            case "rate" -> {
                tokens.next();
                yield new Expression.RequestRate(requestInParentheses());
            }
            default -> metric();
        };
    }

    private Expression errors() {
        tokens.phrase("error");
        boolean ratio = tokens.accept("ratio");
        if (!ratio && !tokens.accept("count")) {
            throw tokens.expected("'ratio' or 'count'");
        }
        Requests requests = tokens.accept("of") ? request(tokens.name(REQUEST)) : Requests.ALL;
        return ratio ? new Expression.ErrorRatio(requests) : new Expression.ErrorCount(requests);
    }

    private Expression percentile() {
        Token token = tokens.next();
        BigDecimal percent = new BigDecimal(token.text().substring(1));
        if (!(percent.signum() > 0 && percent.compareTo(BigDecimal.valueOf(100)) < 0)) {
            throw tokens.error("a percentile must be in (0, 100), was " + percent.toPlainString(), token);
        }
        return new Expression.Percentile(percent, requestInParentheses());
    }

    private Requests requestInParentheses() {
        tokens.phrase("(");
        Token name = tokens.name(REQUEST);
        tokens.phrase(")");
        return request(name);
    }

    private static Requests request(Token name) {
        return name.is("all") ? Requests.ALL : Requests.named(name.text());
    }

    private Expression across() {
        Token function = tokens.next();
        tokens.phrase("(");
        Expression of = expression();
        Optional<String> by = Optional.empty();
        if (tokens.accept("by")) {
            if (tokens.peek().kind() != Token.Kind.WORD) {
                throw tokens.expected("a fact of the resources, such as zone");
            }
            by = Optional.of(tokens.next().text());
        }
        tokens.phrase(")");
        boolean oneKind = of.metrics().map(MetricDefinition::kind).distinct().count() == 1
                && of.clientMeasures().findAny().isEmpty()
                && !hasAcross(of);
        if (!oneKind) {
            throw tokens.error(
                    function.text() + "(...) compares resources of one kind, so it takes metrics of one kind, such as "
                            + "skew(mean(host cpu))",
                    function);
        }
        Expression.Comparing how = Expression.Comparing.valueOf(function.text().toUpperCase(Locale.ROOT));
        return new Expression.Across(how, of, by);
    }

    private static boolean hasAcross(Expression expression) {
        return expression instanceof Expression.Across
                || (expression instanceof Expression.Arithmetic both
                        && (hasAcross(both.left()) || hasAcross(both.right())));
    }

    private Expression metric() {
        Token function = tokens.next();
        Expression.Aggregate aggregate =
                Expression.Aggregate.valueOf(function.text().toUpperCase(Locale.ROOT));
        tokens.phrase("(");
        Token first = tokens.peek();
        if (first.kind() != Token.Kind.WORD) {
            throw tokens.expected("the name of a metric");
        }
        MetricDefinition definition =
                first.is("cloudwatch") ? cloudWatch() : metricNamed(tokens.wordsUntil("of", "by"), first);
        Optional<String> of = tokens.accept("of")
                ? Optional.of(tokens.name("the id of a resource, or its tier, zone or another fact")
                        .text())
                : Optional.empty();
        tokens.phrase(")");
        Expression.Metric metric = new Expression.Metric(aggregate, definition, of);
        if (aggregate == Expression.Aggregate.RATE
                && Dimension.of(definition.unit()).perSecond().isEmpty()) {
            throw tokens.error("rate(...) is of something counted, and " + definition.name() + " is not", function);
        }
        return metric;
    }

    /** Any metric, by CloudWatch's own words. */
    private MetricDefinition cloudWatch() {
        tokens.phrase("cloudwatch");
        Token namespace = tokens.string("a namespace in quotes, such as \"AWS/SQS\"");
        Token metric = tokens.string("the name of a metric in quotes");
        Token statistic = tokens.peek();
        if (statistic.kind() != Token.Kind.WORD) {
            throw tokens.expected("a statistic such as Average, Sum, Maximum or p95");
        }
        tokens.next();
        try {
            MetricDefinition plain = MetricCatalogue.cloudWatch(namespace.text(), metric.text(), statistic.text());
            return tokens.accept("in") ? inUnit(plain) : plain;
        } catch (IllegalArgumentException e) {
            throw tokens.error(String.valueOf(e.getMessage()), statistic);
        }
    }

    private MetricDefinition inUnit(MetricDefinition plain) {
        Token symbol = tokens.peek();
        Amount.Unit unit = new LimitParser(tokens, this, new TimeParser(tokens)).unit();
        Unit kept = switch (unit.dimension()) {
            case TIME -> Unit.SECONDS;
            case RATIO -> Unit.PERCENT;
            case SIZE -> Unit.BYTES;
            case RATE -> Unit.PER_SECOND;
            case THROUGHPUT, COUNT ->
                throw tokens.error(
                        "a metric is published in one of us, ms, s, min, h, %, /s, B, KiB, MiB, GiB", symbol);
        };
        List<MetricSource> sources = plain.sources().stream()
                .map(source -> new MetricSource(
                        source.when(),
                        source.namespace(),
                        source.metric(),
                        source.dimensions(),
                        source.statistic(),
                        unit.factor(),
                        source.period(),
                        source.delay(),
                        source.region(),
                        source.fromInjector()))
                .toList();
        return new MetricDefinition(
                plain.name() + " in " + unit.symbol(),
                plain.kind(),
                kept,
                plain.absence(),
                plain.switchOn(),
                plain.always(),
                sources);
    }

    /** The metric of that name. */
    MetricDefinition metricNamed(String name, Token at) {
        return vocabulary
                .named(name)
                .orElseThrow(() -> tokens.error(
                        Suggestion.unknown(
                                "metric",
                                name,
                                vocabulary.all().stream()
                                        .map(MetricDefinition::name)
                                        .toList()),
                        at));
    }
}
