package io.plimsoll.assertions.slo;

import io.plimsoll.results.document.Suggestion;
import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.ResourceKind;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads an SLO by recursive descent; the grammar is in the package's documentation. */
public final class SloParser {
    private static final List<String> SUBJECTS = List.of(
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
            "error ratio",
            "achieved rate",
            "rate(...)",
            "time from ... to ...");

    private final String text;
    private final TokenReader tokens;

    private SloParser(String text) {
        this.text = text;
        this.tokens = new TokenReader(text);
    }

    /**
     * Reads one SLO.
     *
     * @throws SloSyntaxException with the place and what is valid there
     */
    public static Slo parse(String text) {
        SloParser parser = new SloParser(text);
        Slo slo = parser.slo();
        if (parser.tokens.peek().kind() != Token.Kind.END) {
            throw parser.tokens.expected("'for each', 'during' or the end");
        }
        return slo;
    }

    private Slo slo() {
        Token start = tokens.peek();
        Subject subject = subject();
        Comparison comparison = comparison();
        Limit limit = limit(subject);
        Optional<ResourceKind> forEach = forEach(subject, start);
        return new Slo(subject, comparison, limit, forEach, during(subject));
    }

    private Optional<String> during(Subject subject) {
        int column = tokens.peek().column();
        if (!tokens.accept("during")) {
            return Optional.empty();
        }
        if (subject instanceof Subject.TimeBetween) {
            throw new SloSyntaxException("a time between marks has no 'during': it starts at its mark", text, column);
        }
        return Optional.of(tokens.word("the name of a phase"));
    }

    private Subject subject() {
        Token token = tokens.peek();
        if (token.is("(")) {
            return expression();
        }
        if (token.kind() != Token.Kind.WORD) {
            throw tokens.expected("what is measured, one of " + String.join(", ", SUBJECTS));
        }
        if (isPercentile(token.text())) {
            return percentile();
        }
        return switch (token.text()) {
            case "error" -> errorRatio();
            case "achieved" -> {
                tokens.phrase("achieved", "rate");
                yield new Subject.AchievedRate();
            }
            case "rate" -> {
                tokens.phrase("rate");
                yield new Subject.RequestRate(request(inParentheses()));
            }
            case "time" -> timeBetween();
            default -> aggregateOrResponseTime(token);
        };
    }

    private Subject errorRatio() {
        tokens.phrase("error", "ratio");
        return new Subject.ErrorRatio(
                tokens.accept("of") ? request(tokens.name()) : new Subject.Requests(Optional.empty()));
    }

    private static boolean isPercentile(String word) {
        return word.matches("p\\d+(\\.\\d+)?");
    }

    private Subject percentile() {
        Token token = tokens.next();
        BigDecimal percent = new BigDecimal(token.text().substring(1));
        if (!(percent.signum() > 0 && percent.compareTo(BigDecimal.valueOf(100)) < 0)) {
            throw new SloSyntaxException(
                    "a percentile must be in (0, 100), was " + percent.toPlainString(), text, token.column());
        }
        return new Subject.Percentile(percent, request(inParentheses()));
    }

    private Subject timeBetween() {
        tokens.phrase("time", "from");
        String from = tokens.word("a mark such as load-step");
        tokens.phrase("to");
        if (!tokens.accept("recovered")) {
            return new Subject.TimeBetween(from, new Subject.Mark.Named(tokens.word("a mark such as healthy")));
        }
        tokens.phrase("(");
        int column = tokens.peek().column();
        Slo inner = slo();
        if (!(inner.subject() instanceof Subject.Percentile || inner.subject() instanceof Subject.ErrorRatio)
                || inner.during().isPresent()) {
            throw new SloSyntaxException(
                    "recovered(...) takes a percentile or an error ratio, without 'during'", text, column);
        }
        tokens.phrase(")");
        return new Subject.TimeBetween(from, new Subject.Mark.Recovered(inner));
    }

    /** {@code max(read)} is a response time, {@code max(replica lag)} starts an expression of metrics. */
    private Subject aggregateOrResponseTime(Token function) {
        if (!Subject.Aggregate.words().contains(function.text())) {
            throw new SloSyntaxException(
                    Suggestion.unknown("measure", function.text(), SUBJECTS), text, function.column());
        }
        boolean timed = List.of("max", "mean").contains(function.text());
        if (timed && tokens.parenthesised().filter(this::isRequest).isPresent()) {
            tokens.next();
            Subject.Requests requests = request(inParentheses());
            return function.text().equals("max") ? new Subject.Longest(requests) : new Subject.MeanTime(requests);
        }
        return expression();
    }

    /** A quoted name, or one word that the catalogue does not know. */
    private boolean isRequest(List<Token> inner) {
        if (inner.size() != 1) {
            return false;
        }
        Token name = inner.get(0);
        return name.kind() == Token.Kind.STRING
                || MetricCatalogue.named(name.text()).isEmpty();
    }

    private Token inParentheses() {
        tokens.phrase("(");
        Token name = tokens.name();
        tokens.phrase(")");
        return name;
    }

    private static Subject.Requests request(Token name) {
        return new Subject.Requests(name.is("all") ? Optional.empty() : Optional.of(name.text()));
    }

    private Subject.Expression expression() {
        Subject.Expression left = product();
        while (tokens.peek().is("+") || tokens.peek().is("-")) {
            Token operator = tokens.next();
            Subject.Expression right = product();
            if (left.dimension() != right.dimension()) {
                throw new SloSyntaxException(
                        "cannot " + (operator.is("+") ? "add " : "subtract ") + right + " and " + left
                                + ": their units differ",
                        text,
                        operator.column());
            }
            left = new Subject.Arithmetic(left, operator.text().charAt(0), right);
        }
        return left;
    }

    private Subject.Expression product() {
        Subject.Expression left = factor();
        while (tokens.peek().is("*") || tokens.peek().is("/")) {
            char operator = tokens.next().text().charAt(0);
            left = new Subject.Arithmetic(left, operator, factor());
        }
        return left;
    }

    private Subject.Expression factor() {
        if (tokens.accept("(")) {
            Subject.Expression inner = expression();
            tokens.phrase(")");
            return inner;
        }
        Token function = tokens.peek();
        if (function.kind() != Token.Kind.WORD || !Subject.Aggregate.words().contains(function.text())) {
            throw tokens.expected("one of " + String.join(", ", Subject.Aggregate.words()) + " of a metric");
        }
        tokens.next();
        Subject.Aggregate aggregate = Subject.Aggregate.valueOf(function.text().toUpperCase(java.util.Locale.ROOT));
        tokens.phrase("(");
        int column = tokens.peek().column();
        if (tokens.peek().kind() != Token.Kind.WORD) {
            throw tokens.expected("the name of a metric");
        }
        Subject.Metric metric = new Subject.Metric(aggregate, metric(tokens.wordsUntil(")"), column));
        tokens.phrase(")");
        return metric;
    }

    private MetricDefinition metric(String name, int column) {
        return MetricCatalogue.named(name)
                .orElseThrow(() -> new SloSyntaxException(
                        Suggestion.unknown(
                                "metric",
                                name,
                                MetricCatalogue.all().stream()
                                        .map(MetricDefinition::name)
                                        .toList()),
                        text,
                        column));
    }

    private Comparison comparison() {
        Token token = tokens.peek();
        Optional<Comparison> comparison = Arrays.stream(Comparison.values())
                .filter(candidate -> token.is(candidate.symbol()))
                .findFirst();
        if (comparison.isEmpty()) {
            throw tokens.expected("a comparison, one of " + String.join(" ", Comparison.symbols()));
        }
        tokens.next();
        return comparison.get();
    }

    private Limit limit(Subject subject) {
        Token number = tokens.peek();
        if (number.kind() != Token.Kind.NUMBER) {
            throw tokens.expected(
                    "a limit: " + subject + " is " + subject.dimension().example());
        }
        tokens.next();
        Token symbol = tokens.peek();
        Limit.LimitUnit unit = unit();
        if (unit.dimension() != subject.dimension()) {
            throw new SloSyntaxException(
                    subject + " is compared with " + subject.dimension().example()
                            + (unit == Limit.LimitUnit.NONE
                                    ? ", not with a plain number"
                                    : ", not with '" + unit.symbol() + "'"),
                    text,
                    unit == Limit.LimitUnit.NONE ? number.column() : symbol.column());
        }
        if (subject instanceof Subject.AchievedRate) {
            tokens.phrase("of", "offered");
        }
        return new Limit(new BigDecimal(number.text()), unit);
    }

    private Limit.LimitUnit unit() {
        Token token = tokens.peek();
        if (token.is("/")) {
            tokens.next();
            tokens.phrase("s");
            return Limit.LimitUnit.PER_SECOND;
        }
        boolean clause = Stream.of("for", "during", "of").anyMatch(token::is);
        if ((token.kind() != Token.Kind.WORD || clause) && !token.is("%")) {
            return Limit.LimitUnit.NONE;
        }
        tokens.next();
        return Limit.LimitUnit.written(token.text())
                .orElseThrow(() -> new SloSyntaxException(
                        Suggestion.unknown("unit", token.text(), Limit.LimitUnit.symbols()), text, token.column()));
    }

    private Optional<ResourceKind> forEach(Subject subject, Token start) {
        Token token = tokens.peek();
        if (!tokens.accept("for")) {
            return Optional.empty();
        }
        tokens.phrase("each");
        int column = tokens.peek().column();
        String word = tokens.wordsUntil("during");
        ResourceKind kind = Arrays.stream(ResourceKind.values())
                .filter(candidate -> candidate.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new SloSyntaxException(
                        Suggestion.unknown(
                                "resource",
                                word,
                                Arrays.stream(ResourceKind.values())
                                        .map(ResourceKind::word)
                                        .toList()),
                        text,
                        column));
        if (!(subject instanceof Subject.Expression expression)) {
            throw new SloSyntaxException("'for each' takes a metric, not " + subject, text, token.column());
        }
        expression.metrics().filter(metric -> metric.kind() != kind).findFirst().ifPresent(metric -> {
            throw new SloSyntaxException(
                    metric.name() + " is measured of each " + metric.kind().word() + ", not of each " + word,
                    text,
                    start.column());
        });
        return Optional.of(kind);
    }
}
