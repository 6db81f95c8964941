package io.plimsoll.assertions.slo;

import io.plimsoll.results.observation.MetricCatalogue;
import java.util.Optional;
import java.util.Set;

/** A request name, or all requests. */
public record Requests(Optional<String> name) {
    /** Every request. */
    public static final Requests ALL = new Requests(Optional.empty());

    public Requests {
        name.ifPresent(word -> Names.requireQuotable("a request name", word));
    }

    /** One request by its name. */
    public static Requests named(String name) {
        return new Requests(Optional.of(name));
    }

    /** Names as a client record selects them: empty means all. */
    public Set<String> names() {
        return name.map(Set::of).orElse(Set.of());
    }

    /** For a phrase that means all where nothing is said: {@code  of read}. */
    String ofPhrase() {
        return name.map(word -> " of " + this).orElse("");
    }

    @Override
    public String toString() {
        return name.map(Requests::written).orElse("all");
    }

    private static String written(String name) {
        boolean ambiguous = name.equals("all") || MetricCatalogue.named(name).isPresent();
        return ambiguous ? '"' + name + '"' : Names.written(name);
    }
}
