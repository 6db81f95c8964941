package io.plimsoll.simulations.series;

import io.plimsoll.results.capacity.CapacityResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Several searches for capacity in one table: their answers, and how these compare with a capacity that is known.
 *
 * @param entries the searches, in order
 * @param knownPerInstance requests per second that an instance of the limiting group is known to hold; empty if not known
 */
public record SearchLedger(List<Entry> entries, Optional<Double> knownPerInstance) {
    /** A share of answers may miss what is known: one in so many. */
    private static final int ONE_MISS_IN = 20;

    /**
     * A search.
     *
     * @param size as it was asked for
     * @param verdict its outcome in the words of the console
     * @param reason why
     * @param result what it found; empty if it came to none
     */
    public record Entry(String size, String verdict, String reason, Optional<CapacityResult> result) {
        /** An answer that can be relied on. */
        Optional<CapacityResult> answer() {
            return result.filter(found -> found.complete() && !verdict.equals("INVALID"));
        }
    }

    public SearchLedger {
        entries = List.copyOf(entries);
    }

    /** Whether every search has an answer, and at most one in twenty misses what is known. */
    public boolean passed() {
        return !entries.isEmpty()
                && entries.stream().allMatch(entry -> entry.answer().isPresent())
                && misses() * ONE_MISS_IN <= entries.size();
    }

    private long misses() {
        return answers().stream()
                .filter(answer ->
                        known(answer).filter(rate -> !holds(answer, rate)).isPresent())
                .count();
    }

    private List<CapacityResult> answers() {
        return entries.stream().flatMap(entry -> entry.answer().stream()).toList();
    }

    private Optional<Double> known(CapacityResult answer) {
        return knownPerInstance.map(rate -> rate * answer.instances());
    }

    private static boolean holds(CapacityResult answer, double rate) {
        return answer.highestPassing().filter(low -> low <= rate).isPresent()
                && answer.lowestFailing().filter(high -> rate < high).isPresent();
    }

    /** The table in Markdown, and what it comes to. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| instances | holds | fails | width | per instance | USD per million | limited by | probed | stairs | known |");
        lines.add("|--:|--:|--:|--:|--:|--:|:--|--:|--:|:--|");
        entries.forEach(entry -> lines.add(row(entry)));
        lines.add("");
        lines.add(conclusion());
        answers().stream()
                .reduce((earlier, later) -> later)
                .flatMap(CapacityResult::scalability)
                .filter(law -> law.of().startsWith("instances"))
                .ifPresent(law -> lines.add(law(law)));
        return lines;
    }

    private String row(Entry entry) {
        if (entry.answer().isEmpty()) {
            return "| " + entry.size() + " | no answer: " + entry.verdict() + ", "
                    + entry.result().map(CapacityResult::reason).orElse(entry.reason()) + " | | | | | | | | |";
        }
        CapacityResult answer = entry.answer().get();
        return "| "
                + String.join(
                        " | ",
                        String.valueOf(answer.instances()),
                        number("%.1f /s", answer.highestPassing()),
                        number("%.1f /s", answer.lowestFailing()),
                        number("%.1f %%", width(answer).map(share -> share * 100)),
                        number("%.1f /s", answer.perInstance()),
                        number("%.3f", answer.usdPerMillionRequests()),
                        answer.binding()
                                .map(limit -> limit.metric() + " of " + limit.resource())
                                .orElse("unattributed"),
                        number("%.0f s", Optional.of(seconds(answer.probed()))),
                        number("%.0f s", answer.stairs().map(SearchLedger::seconds)),
                        known(answer)
                                .map(rate -> String.format(
                                        Locale.ROOT, "%.1f /s: %s", rate, holds(answer, rate) ? "within" : "MISSED"))
                                .orElse("-"))
                + " |";
    }

    private String conclusion() {
        List<CapacityResult> answers = answers();
        StringBuilder words = new StringBuilder(answers.size() + " of " + entries.size() + " searches have an answer");
        if (knownPerInstance.isPresent()) {
            words.append("; ").append(answers.size() - misses()).append(" of them hold the known capacity");
        }
        answers.stream()
                .flatMap(answer -> width(answer).stream())
                .max(Double::compare)
                .ifPresent(widest -> words.append(String.format(Locale.ROOT, "; the widest is %.1f %%", widest * 100)));
        List<CapacityResult> compared =
                answers.stream().filter(answer -> answer.stairs().isPresent()).toList();
        double stairs = compared.stream()
                .mapToDouble(answer -> seconds(answer.stairs().orElse(Duration.ZERO)))
                .sum();
        if (stairs > 0) {
            double probed = compared.stream()
                    .mapToDouble(answer -> seconds(answer.probed()))
                    .sum();
            words.append(String.format(
                    Locale.ROOT,
                    "; load at the rates tried %.0f s, %.0f %% of stairs of the same resolution",
                    probed,
                    100 * probed / stairs));
        }
        return words.append('.').toString();
    }

    private static String law(CapacityResult.Scalability law) {
        CapacityResult.Band last = law.curve().get(law.curve().size() - 1);
        return String.format(
                Locale.ROOT,
                "Universal Scalability Law over %s: λ = %.1f /s, σ = %.4f, κ = %.6f; extrapolated to %.0f: %.0f /s, 95 %%"
                        + " interval %.0f to %.0f.",
                law.of(),
                law.lambda(),
                law.sigma(),
                law.kappa(),
                last.n(),
                last.fitted(),
                last.low(),
                last.high());
    }

    private static Optional<Double> width(CapacityResult answer) {
        return answer.highestPassing().flatMap(low -> answer.lowestFailing().map(high -> high / low - 1));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String number(String format, Optional<Double> value) {
        return value.map(known -> String.format(Locale.ROOT, format, known)).orElse("-");
    }
}
