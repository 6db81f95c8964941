package io.plimsoll.results.observation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition on what is known of a resource: {@code engine=aurora*}, {@code engine!=memcached}.
 *
 * @param fact name of the fact
 * @param prefix how its value begins, or, if {@code exact}, all of it
 * @param exact whether the whole value is compared
 * @param negated whether the condition holds where that is not so; a fact that is missing matches nothing
 */
public record FactCondition(String fact, String prefix, boolean exact, boolean negated) {
    private static final Pattern FORM = Pattern.compile("([a-z-]+)(!?)=([^*]+)(\\*?)");

    /** Reads {@code fact=value}, {@code fact!=value}, {@code fact=prefix*} or {@code fact!=prefix*}; empty if it is none. */
    public static Optional<FactCondition> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new FactCondition(
                        matcher.group(1),
                        matcher.group(3),
                        matcher.group(4).isEmpty(),
                        !matcher.group(2).isEmpty()))
                : Optional.empty();
    }

    /** Whether it holds of a resource. */
    public boolean holds(Resource resource) {
        boolean matches = Optional.ofNullable(resource.facts().get(fact))
                .filter(value -> exact ? value.equals(prefix) : value.startsWith(prefix))
                .isPresent();
        return matches != negated;
    }
}
