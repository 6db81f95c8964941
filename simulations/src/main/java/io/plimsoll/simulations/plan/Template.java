package io.plimsoll.simulations.plan;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text with places for values: {@code /items/{key}}. Two braces stand for one: <code>{{"user": "{user}"}}</code>.
 *
 * @param text as written
 */
public record Template(String text) {
    private static final Pattern PART = Pattern.compile("\\{\\{|}}|\\{([a-z][a-z0-9._-]*)}");

    /** Names of the values it needs. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        Matcher part = PART.matcher(text);
        while (part.find()) {
            if (part.group(1) != null) {
                names.add(part.group(1));
            }
        }
        return names;
    }

    /** The text with its values. */
    public String fill(UnaryOperator<String> value) {
        StringBuilder filled = new StringBuilder();
        Matcher part = PART.matcher(text);
        while (part.find()) {
            String name = part.group(1);
            String with = name == null ? part.group().substring(1) : value.apply(name);
            part.appendReplacement(filled, Matcher.quoteReplacement(with));
        }
        return part.appendTail(filled).toString();
    }
}
