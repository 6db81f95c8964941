package io.plimsoll.environments.local.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A filter pattern of terms: a line must have all plain terms, at least one of those with {@code ?}, and none of those
 * with {@code -}; a term with blanks stands in quotation marks. Upper and lower case differ.
 *
 * @param all terms that must be there
 * @param any terms of which one must be there, if there are any
 * @param none terms that must not be there
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html">Filter pattern
 *     syntax</a>
 */
record LogPattern(List<String> all, List<String> any, List<String> none) {
    private static final Pattern TERM = Pattern.compile("(?<sign>[?-]?)(?:\"(?<quoted>[^\"]*)\"|(?<plain>[^\\s\"]+))");

    static LogPattern parse(String text) {
        String pattern = text.strip();
        if (pattern.startsWith("{") || pattern.startsWith("[") || pattern.startsWith("%")) {
            throw AwsFault.badRequest(
                    "InvalidParameterException",
                    "Invalid filter pattern: only patterns of terms are offered here, was '" + text + "'");
        }
        List<String> all = new ArrayList<>();
        List<String> any = new ArrayList<>();
        List<String> none = new ArrayList<>();
        Matcher terms = TERM.matcher(pattern);
        while (terms.find()) {
            String term = terms.group("quoted") == null ? terms.group("plain") : terms.group("quoted");
            (switch (terms.group("sign")) {
                        case "?" -> any;
                        case "-" -> none;
                        default -> all;
                    })
                    .add(term);
        }
        return new LogPattern(all, any, none);
    }

    boolean matches(String line) {
        return all.stream().allMatch(line::contains)
                && (any.isEmpty() || any.stream().anyMatch(line::contains))
                && none.stream().noneMatch(line::contains);
    }
}
