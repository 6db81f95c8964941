package io.plimsoll.assertions.slo;

import io.plimsoll.results.document.Suggestion;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Reads marks, moments and windows. */
final class TimeParser {
    private static final List<String> UNITS = List.of("us", "ms", "s", "min", "h");
    /** Words that no mark can have, as they go on with something else. */
    private static final List<String> RESERVED = List.of("after", "before", "to", "from", "during", "for", "of", "in");

    private final TokenReader tokens;

    TimeParser(TokenReader tokens) {
        this.tokens = tokens;
    }

    /** Where an SLO is judged, if that is said. */
    When when() {
        if (tokens.accept("during")) {
            return new When.During(span("the name of a phase, or a time such as '60 s after kill-primary'"));
        }
        if (tokens.accept("after")) {
            return new When.From(moment(), Optional.empty());
        }
        if (tokens.accept("before")) {
            return new When.Before(moment());
        }
        if (tokens.accept("from")) {
            Moment start = moment();
            tokens.phrase("to");
            return new When.From(start, Optional.of(moment()));
        }
        return new When.Unstated();
    }

    /** A phase, or so long beside a mark. */
    Span span(String meaning) {
        if (tokens.peek().kind() != Token.Kind.NUMBER) {
            return new Span.Phase(tokens.name(meaning).text());
        }
        Token start = tokens.peek();
        Amount length = duration();
        if (length.number().signum() == 0) {
            throw tokens.error("a stretch must be longer than 0", start);
        }
        return new Span.Beside(length, before(), mark());
    }

    private Moment moment() {
        if (tokens.peek().kind() != Token.Kind.NUMBER) {
            return Moment.at(mark());
        }
        Amount offset = duration();
        return new Moment(Optional.of(offset), before(), mark());
    }

    private boolean before() {
        if (tokens.accept("before")) {
            return true;
        }
        if (!tokens.accept("after")) {
            throw tokens.expected("'after' or 'before' and a mark");
        }
        return false;
    }

    private Amount duration() {
        BigDecimal number = tokens.number("a time such as 60 s");
        Token unit = tokens.peek();
        if (!tokens.isOneOf(UNITS)) {
            throw tokens.error(
                    unit.kind() == Token.Kind.WORD
                            ? Suggestion.unknown("unit of time", unit.text(), UNITS)
                            : "expected a unit of time, one of " + String.join(", ", UNITS) + ", found "
                                    + unit.described(),
                    unit);
        }
        tokens.next();
        return new Amount(number, Amount.Unit.written(unit.text()).orElseThrow());
    }

    /** A mark that must follow. */
    Mark mark() {
        Token token = tokens.peek();
        boolean edge = (token.is("start") || token.is("end")) && tokens.second().is("of");
        if (edge) {
            tokens.next();
            tokens.phrase("of");
            return new Mark.PhaseEdge(
                    token.is("start"), tokens.name("the name of a phase").text());
        }
        if (token.kind() == Token.Kind.STRING && !token.text().isBlank()) {
            return new Mark.Text(tokens.next().text());
        }
        if (token.kind() != Token.Kind.WORD || tokens.isOneOf(RESERVED) || !Names.isWord(token.text())) {
            throw tokens.expected("a mark such as load-step or healthy");
        }
        return new Mark.Named(tokens.next().text());
    }
}
