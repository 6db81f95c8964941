package io.plimsoll.assertions.slo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts an SLO into tokens. A number may be glued to a unit ({@code 500ms}), but {@code 5xx} is a word. */
final class Lexer {
    private static final Pattern TOKEN =
            Pattern.compile("(?<number>\\d+(?:\\.\\d+)?)(?=$|[^\\w.]|(?:us|ms|s|min|h|B|KiB|MiB|GiB)\\b)"
                    + "|(?<word>\\w[\\w.]*(?:-\\w[\\w.]*)*)"
                    + "|\"(?<string>[^\"]*)\""
                    + "|(?<symbol><=|>=|[<>()+*/%,-])");

    private Lexer() {}

    static List<Token> tokens(String slo) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(slo);
        int at = 0;
        while (true) {
            while (at < slo.length() && Character.isWhitespace(slo.charAt(at))) {
                at++;
            }
            if (at == slo.length()) {
                tokens.add(new Token(Token.Kind.END, "", at));
                return tokens;
            }
            matcher.region(at, slo.length());
            if (!matcher.lookingAt()) {
                String rule = slo.charAt(at) == '"'
                        ? "a quoted name must end with '\"'"
                        : "unexpected character '" + Character.toString(slo.codePointAt(at)) + "'";
                throw new SloSyntaxException(rule, slo, at);
            }
            tokens.add(token(matcher, at));
            at = matcher.end();
        }
    }

    private static Token token(Matcher matcher, int at) {
        if (matcher.group("number") != null) {
            return new Token(Token.Kind.NUMBER, matcher.group("number"), at);
        }
        if (matcher.group("word") != null) {
            return new Token(Token.Kind.WORD, matcher.group("word"), at);
        }
        if (matcher.group("symbol") != null) {
            return new Token(Token.Kind.SYMBOL, matcher.group("symbol"), at);
        }
        return new Token(Token.Kind.STRING, matcher.group("string"), at);
    }
}
