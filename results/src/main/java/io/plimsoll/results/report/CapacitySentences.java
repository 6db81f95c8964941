package io.plimsoll.results.report;

import io.plimsoll.results.capacity.CapacityResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a capacity search found, in a few sentences: the same on the console, in {@code summary.md} and in the report. */
public final class CapacitySentences {
    private CapacitySentences() {}

    /** The sentences, at least two: the answer, or why there is none, comes first. */
    public static List<String> of(CapacityResult result) {
        List<String> words = new ArrayList<>();
        words.add(result.complete() ? answer(result) : "The search gives no answer: " + result.reason() + ".");
        if (result.complete()) {
            result.perInstance()
                    .ifPresent(rate -> words.add("That is " + rate(rate) + " for each instance"
                            + result.limiting().map(group -> " of " + group).orElse(" of the stack") + "."));
            result.headroom().ifPresent(ratio -> words.add(headroom(result, ratio)));
            result.usdPerMillionRequests().ifPresent(usd -> words.add(cost(result, usd)));
        }
        words.add(result.binding()
                .map(limit -> "What limits is the " + limit.kind().word() + " " + limit.resource() + " ("
                        + limit.metric() + "): " + limit.reason() + ".")
                .orElse("What limits is unattributed."));
        result.stairs().ifPresent(stairs -> words.add(time(result, stairs)));
        return words.stream().map(PlainText::line).toList();
    }

    private static String answer(CapacityResult result) {
        return "The stack holds "
                + result.highestPassing().map(CapacitySentences::rate).orElse("no rate that was tried")
                + result.lowestFailing()
                        .map(rate -> " and does not hold " + rate(rate))
                        .orElse("; no rate that was tried failed")
                + ", with " + size(result) + ".";
    }

    private static String size(CapacityResult result) {
        return result.groups().isEmpty()
                ? Words.counted(result.instances(), "instance")
                : result.groups().entrySet().stream()
                        .map(group -> Words.counted(group.getValue(), "instance") + " in " + group.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static String headroom(CapacityResult result, double ratio) {
        return "It is " + Figures.percent(Math.abs(ratio)) + (ratio < 0 ? " below" : " above") + " the target of "
                + result.target().map(CapacitySentences::rate).orElse("") + ".";
    }

    private static String time(CapacityResult result, Duration stairs) {
        return String.format(
                Locale.ROOT,
                "It took %.0f s at the rates that were tried; a staircase of that resolution takes %.0f s.",
                result.probed().toMillis() / 1000.0,
                stairs.toMillis() / 1000.0);
    }

    private static String cost(CapacityResult result, double usd) {
        CapacityResult.Cost cost = result.cost().orElseThrow();
        String without = cost.without().isEmpty() ? "" : "; without " + String.join(", ", cost.without());
        return String.format(
                Locale.ROOT,
                "A million requests cost USD %.3f at that rate (USD %.2f an hour: %s%s).",
                usd,
                cost.usdPerHour(),
                String.join(", ", cost.of()),
                without);
    }

    static String rate(double requestsPerSecond) {
        return Figures.quantity(requestsPerSecond, "requests/s");
    }
}
