package io.plimsoll.assertions.slo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The tokens of one SLO and a place among them. */
final class TokenReader {
    private final String text;
    private final List<Token> tokens;
    private int at;

    TokenReader(String text) {
        this.text = text;
        this.tokens = Lexer.tokens(text);
    }

    Token peek() {
        return tokens.get(at);
    }

    Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    /** The token after the next. */
    Token second() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    /** Steps over a word or symbol if it is the next. */
    boolean accept(String expected) {
        if (peek().is(expected)) {
            at++;
            return true;
        }
        return false;
    }

    /** Steps over words and symbols that must follow. */
    void phrase(String... words) {
        for (String word : words) {
            if (!accept(word)) {
                throw expected("'" + word + "'");
            }
        }
    }

    /** Whether the next token is one of these words or symbols. */
    boolean isOneOf(Collection<String> words) {
        return words.stream().anyMatch(peek()::is);
    }

    /** A name that must follow: a word, or anything in quotes. */
    Token name(String meaning) {
        Token token = peek();
        boolean named = token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.STRING;
        if (!named || token.text().isBlank()) {
            throw expected(meaning);
        }
        return next();
    }

    /** Something in quotes that must follow. */
    Token string(String meaning) {
        if (peek().kind() != Token.Kind.STRING || peek().text().isBlank()) {
            throw expected(meaning);
        }
        return next();
    }

    /** All words up to one of these or something else, joined by blanks. */
    String wordsUntil(String... ends) {
        List<String> words = new ArrayList<>();
        while (peek().kind() == Token.Kind.WORD && !isOneOf(List.of(ends))) {
            words.add(next().text());
        }
        return String.join(" ", words);
    }

    /** What stands in the parentheses that open right after the next token, if they do. */
    Optional<List<Token>> parenthesised() {
        if (!second().is("(")) {
            return Optional.empty();
        }
        List<Token> inner = new ArrayList<>();
        for (int i = at + 2; i < tokens.size() && !tokens.get(i).is(")"); i++) {
            inner.add(tokens.get(i));
        }
        return Optional.of(inner);
    }

    /** A number that must follow. */
    BigDecimal number(String meaning) {
        if (peek().kind() != Token.Kind.NUMBER) {
            throw expected(meaning);
        }
        return new BigDecimal(next().text());
    }

    /** Something is wrong at a token. */
    SloSyntaxException error(String problem, Token at) {
        return new SloSyntaxException(problem, text, at.column());
    }

    /** The next token is not what must follow. */
    SloSyntaxException expected(String what) {
        return new SloSyntaxException("expected " + what + ", found " + peek().described(), text, peek().column());
    }
}
