package io.plimsoll.assertions.slo;

import io.plimsoll.results.document.Suggestion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads what a subject is compared with. */
final class LimitParser {
    /** Words that may follow an amount that has no unit. */
    private static final List<String> CLAUSES = List.of(
            "for", "during", "after", "before", "from", "of", "or", "in", "above", "below", "off", "to", "key", "warn");

    private final TokenReader tokens;
    private final ExpressionParser expressions;
    private final TimeParser times;

    LimitParser(TokenReader tokens, ExpressionParser expressions, TimeParser times) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.times = times;
    }

    Comparison comparison() {
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

    /** One or more bounds. */
    Limit limit(Subject subject, Comparison comparison) {
        Token start = tokens.peek();
        List<Bound> bounds = new ArrayList<>();
        do {
            bounds.add(bound(subject, comparison));
        } while (tokens.accept("or"));
        Limit limit = new Limit(bounds);
        if (bounds.contains(new Bound.NoBaseline()) && !limit.needsBaseline()) {
            throw tokens.error("'no baseline' goes with a bound such as '120 % of baseline'", start);
        }
        return limit;
    }

    private Bound bound(Subject subject, Comparison comparison) {
        if (tokens.accept("no")) {
            tokens.phrase("baseline");
            return new Bound.NoBaseline();
        }
        Token first = tokens.peek();
        BigDecimal number = tokens.number(
                "a limit: " + subject + " is " + subject.dimension().example());
        Token symbol = tokens.peek();
        Amount amount = new Amount(number, unit());
        Token next = tokens.peek();
        if (amount.unit() == Amount.Unit.PERCENT && next.is("of") && !ofOffered(subject)) {
            tokens.next();
            return new Bound.ShareOf(number, reference(subject));
        }
        Optional<Bound.Direction> direction = Bound.Direction.written(next);
        if (direction.isPresent()) {
            tokens.next();
            return distance(subject, comparison, amount, symbol, direction.get());
        }
        requireUnit(subject, amount, amount.unit() == Amount.Unit.NONE ? first : symbol);
        if (subject instanceof Expression.AchievedRate) {
            tokens.phrase("of", "offered");
        }
        return new Bound.Absolute(amount);
    }

    /** The achieved rate is a share of what was offered already. */
    private boolean ofOffered(Subject subject) {
        return subject instanceof Expression.AchievedRate && tokens.second().is("offered");
    }

    private Bound distance(
            Subject subject, Comparison comparison, Amount amount, Token symbol, Bound.Direction direction) {
        boolean relative = amount.unit() == Amount.Unit.PERCENT;
        boolean points = amount.unit() == Amount.Unit.POINTS && subject.dimension() == Dimension.RATIO;
        if (!relative && !points && amount.unit().dimension() != subject.dimension()) {
            throw tokens.error(
                    "a distance of " + subject + " is in %, or "
                            + (subject.dimension() == Dimension.RATIO
                                    ? "in points"
                                    : subject.dimension().example()),
                    symbol);
        }
        if (direction == Bound.Direction.OFF && !comparison.boundsAbove()) {
            throw tokens.error("a distance to either side has an upper limit, with <= or <", symbol);
        }
        return new Bound.Distance(amount, direction, reference(subject));
    }

    private void requireUnit(Subject subject, Amount amount, Token at) {
        if (amount.unit() == Amount.Unit.POINTS) {
            throw tokens.error("points are a distance, such as '10 points above steady'", at);
        }
        if (amount.unit().dimension() != subject.dimension()) {
            throw tokens.error(
                    subject + " is compared with " + subject.dimension().example()
                            + (amount.unit() == Amount.Unit.NONE
                                    ? ", not with a plain number"
                                    : ", not with '" + amount.unit().symbol() + "'"),
                    at);
        }
    }

    /** A unit, if one follows. */
    Amount.Unit unit() {
        Token token = tokens.peek();
        if (token.is("/")) {
            tokens.next();
            tokens.phrase("s");
            return Amount.Unit.PER_SECOND;
        }
        boolean word = token.kind() == Token.Kind.WORD && !tokens.isOneOf(CLAUSES);
        if (!word && !token.is("%")) {
            return Amount.Unit.NONE;
        }
        tokens.next();
        String perSecond = token.kind() == Token.Kind.WORD && tokens.peek().is("/") ? "/s" : "";
        if (!perSecond.isEmpty()) {
            tokens.phrase("/", "s");
        }
        return Amount.Unit.written(token.text() + perSecond)
                .orElseThrow(() -> tokens.error(
                        Suggestion.unknown("unit", token.text() + perSecond, Amount.Unit.symbols()), token));
    }

    private Reference reference(Subject subject) {
        Token token = tokens.peek();
        if (tokens.accept("baseline")) {
            return new Reference.Baseline();
        }
        if (!(subject instanceof Expression)) {
            throw tokens.error("a time between marks is compared with a time, or with the baseline", token);
        }
        if (tokens.accept("offered")) {
            if (subject.dimension() != Dimension.RATE && subject.dimension() != Dimension.COUNT) {
                throw tokens.error("only a count or a rate is compared with what was offered", token);
            }
            return new Reference.OfferedLoad();
        }
        if (tokens.accept("(")) {
            Expression other = expressions.expression();
            tokens.phrase(")");
            if (other.dimension() != subject.dimension()) {
                throw tokens.error("cannot compare " + subject + " with " + other + ": their units differ", token);
            }
            return new Reference.Other(other);
        }
        return new Reference.InWindow(times.span("a phase, 'baseline', 'offered', '(...)' or a time beside a mark"));
    }
}
