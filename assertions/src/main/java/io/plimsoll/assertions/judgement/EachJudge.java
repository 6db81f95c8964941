package io.plimsoll.assertions.judgement;

import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult.ResourceResult;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Judges an SLO for each resource of a kind: the worst decides. */
final class EachJudge {
    private final Estate estate;

    EachJudge(Estate estate) {
        this.estate = estate;
    }

    /** One resource's part; its value is NaN where there is none. */
    private record Judged(String resource, Finding finding) {
        ResourceResult result() {
            return new ResourceResult(resource, finding.outcome(), finding.reason(), finding.measured());
        }

        double value() {
            return finding.value();
        }
    }

    Finding judge(Slo slo, Window window, Function<Resource, Finding> judge) {
        ResourceKind kind = slo.forEach().orElseThrow();
        List<Judged> judged = estate.existing(kind, window.time()).stream()
                .map(resource -> new Judged(resource.id(), judge.apply(resource)))
                .toList();
        if (judged.isEmpty()) {
            return Finding.inconclusive(
                    slo.subject() + ": no " + kind.word() + " existed long enough to be judged " + window.described(),
                    Optional.of(window.time()));
        }
        return worst(slo, judged, kind);
    }

    /** The worst outcome decides, and of equal outcomes the value that is nearest to its limit or furthest beyond. */
    private static Finding worst(Slo slo, List<Judged> judged, ResourceKind kind) {
        Comparator<Judged> byValue = Comparator.comparingDouble(Judged::value);
        Judged decisive = judged.stream()
                .max(Comparator.<Judged>comparingInt(one -> severity(one.finding()))
                        .thenComparing(slo.comparison().boundsAbove() ? byValue : byValue.reversed()))
                .orElseThrow();
        Finding finding = decisive.finding();
        String scope = judged.size() == 1
                ? kind.word() + " " + decisive.resource()
                : (finding.outcome() == Outcome.PASS ? "all " : "one of ") + judged.size() + " " + kind.word()
                        + "s, here " + decisive.resource();
        return new Finding(
                finding.outcome(),
                scope + ": " + finding.reason(),
                finding.measured(),
                finding.window(),
                judged.stream().mapToLong(one -> one.finding().samples()).sum(),
                judged.stream().map(Judged::result).toList(),
                judged.stream()
                        .flatMap(one -> one.finding().warning().map(text -> one.resource() + ": " + text).stream())
                        .findFirst(),
                finding.value());
    }

    private static int severity(Finding finding) {
        return switch (finding.outcome()) {
            case FAIL -> 2;
            case INCONCLUSIVE -> 1;
            default -> 0;
        };
    }
}
