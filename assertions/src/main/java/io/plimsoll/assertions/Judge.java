package io.plimsoll.assertions;

import io.plimsoll.assertions.judgement.SloJudge;
import io.plimsoll.assertions.judgement.Validity;
import io.plimsoll.assertions.slo.Slo;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.verdict.Baseline;
import io.plimsoll.results.verdict.ClaimResult;
import io.plimsoll.results.verdict.Figures;
import io.plimsoll.results.verdict.Outcome;
import io.plimsoll.results.verdict.SloResult;
import io.plimsoll.results.verdict.ValidityCheck;
import io.plimsoll.results.verdict.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns the evidence of a run into its verdict. The same evidence gives the same verdict; nothing is ever thrown. */
public final class Judge {
    private Judge() {}

    /**
     * Judges a run whose evidence does not say what earlier runs came to.
     *
     * @param stage what it was to show
     * @param evidence what it left
     */
    public static Verdict judge(Stage stage, Evidence evidence) {
        return judge(stage, evidence, Optional.empty());
    }

    /**
     * Judges a run.
     *
     * @param stage what it was to show
     * @param evidence what it left
     * @param baseline what earlier runs came to, as the run's evidence keeps it
     */
    public static Verdict judge(Stage stage, Evidence evidence, Optional<Baseline> baseline) {
        return judgement(stage, evidence, baseline).verdict();
    }

    /**
     * What a run was found to be.
     *
     * @param verdict whether it holds
     * @param figures what it came to in numbers
     */
    public record Judgement(Verdict verdict, Figures figures) {}

    /**
     * Judges a run, and says what it came to in numbers.
     *
     * @param stage what it was to show
     * @param evidence what it left
     * @param baseline what earlier runs came to, as the run's evidence keeps it
     */
    public static Judgement judgement(Stage stage, Evidence evidence, Optional<Baseline> baseline) {
        RunFacts facts = evidence.facts();
        String profile = facts.plan().map(plan -> plan.profile()).orElse("none");
        List<ValidityCheck> validity = Validity.check(evidence);
        SloJudge slos = new SloJudge(evidence, baseline);
        List<ClaimResult> judged = stage.claims().stream()
                .map(claim -> judge(claim, profile, slos))
                .toList();
        Outcome outcome = outcome(validity, judged);
        List<ClaimResult> claims = outcome == Outcome.INVALID
                ? judged.stream().map(Judge::notReliedOn).toList()
                : judged;
        Verdict verdict = new Verdict(
                facts.runId(),
                stage.name(),
                facts.environment(),
                profile,
                outcome,
                reason(outcome, validity, claims),
                validity,
                claims);
        return new Judgement(verdict, RunFigures.of(verdict, evidence, slos.values()));
    }

    /** In a run that cannot be relied on, what was measured stays visible, and says so. */
    private static ClaimResult notReliedOn(ClaimResult claim) {
        return claim.outcome() == Outcome.NOT_TESTED
                ? claim
                : new ClaimResult(
                        claim.id(),
                        claim.says(),
                        claim.stage(),
                        claim.outcome(),
                        "not relied on: " + claim.reason(),
                        claim.slos().stream().map(SloResult::notReliedOn).toList());
    }

    private static ClaimResult judge(StageClaim claim, String profile, SloJudge slos) {
        Optional<String> notTested = claim.notTested()
                .or(() -> claim.exercisedBy()
                        .filter(needed -> !needed.equals(profile))
                        .map(needed -> "needs the load profile '" + needed + "', this run used '" + profile + "'"));
        if (notTested.isPresent()) {
            return new ClaimResult(
                    claim.id(), claim.says(), claim.stage(), Outcome.NOT_TESTED, notTested.get(), List.of());
        }
        List<SloResult> results = new ArrayList<>();
        for (Slo slo : claim.slos()) {
            results.add(slos.judge(claim.id(), slo));
        }
        Outcome outcome = worst(results);
        String reason = results.stream()
                .filter(result -> result.outcome() == outcome)
                .min(Comparator.comparing(result -> !result.key()))
                .map(SloResult::reason)
                .orElse("it has no SLO");
        return new ClaimResult(
                claim.id(),
                claim.says(),
                claim.stage(),
                outcome,
                outcome == Outcome.PASS
                        ? counted(results.size(), "SLO") + (results.size() == 1 ? " holds" : " hold")
                        : reason,
                results);
    }

    private static Outcome worst(List<SloResult> results) {
        if (results.stream().anyMatch(result -> result.outcome() == Outcome.FAIL)) {
            return Outcome.FAIL;
        }
        boolean shown = !results.isEmpty() && results.stream().allMatch(result -> result.outcome() == Outcome.PASS);
        return shown ? Outcome.PASS : Outcome.INCONCLUSIVE;
    }

    private static Outcome outcome(List<ValidityCheck> validity, List<ClaimResult> claims) {
        if (validity.stream().anyMatch(check -> check.outcome() == Outcome.INVALID)) {
            return Outcome.INVALID;
        }
        if (any(claims, Outcome.FAIL)) {
            return Outcome.FAIL;
        }
        boolean known = validity.stream().allMatch(check -> check.outcome() == Outcome.PASS);
        return known && any(claims, Outcome.PASS) && !any(claims, Outcome.INCONCLUSIVE)
                ? Outcome.PASS
                : Outcome.INCONCLUSIVE;
    }

    private static boolean any(List<ClaimResult> claims, Outcome outcome) {
        return claims.stream().anyMatch(claim -> claim.outcome() == outcome);
    }

    private static String reason(Outcome outcome, List<ValidityCheck> validity, List<ClaimResult> claims) {
        List<ClaimResult> tested = claims.stream()
                .filter(claim -> claim.outcome() != Outcome.NOT_TESTED)
                .toList();
        long slos = tested.stream().mapToLong(claim -> claim.slos().size()).sum();
        String untested = counted(claims.size() - tested.size(), "claim") + " not tested";
        return switch (outcome) {
            case PASS ->
                counted(slos, "SLO") + " of " + counted(tested.size(), "tested claim")
                        + (slos == 1 ? " holds; " : " hold; ") + untested;
            case INVALID -> "the run cannot be relied on: " + failing(validity, Outcome.INVALID);
            case FAIL -> ids(claims, Outcome.FAIL) + " not fulfilled: " + first(claims, Outcome.FAIL);
            default ->
                tested.isEmpty()
                        ? "nothing was tested: " + untested
                        : any(claims, Outcome.INCONCLUSIVE)
                                ? ids(claims, Outcome.INCONCLUSIVE) + " neither shown nor refuted: "
                                        + first(claims, Outcome.INCONCLUSIVE)
                                : "it is not known whether the run can be relied on: "
                                        + failing(validity, Outcome.INCONCLUSIVE);
        };
    }

    private static String counted(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }

    private static String failing(List<ValidityCheck> validity, Outcome outcome) {
        return validity.stream()
                .filter(check -> check.outcome() == outcome)
                .map(check -> check.name() + " (" + check.reason() + ")")
                .collect(Collectors.joining("; "));
    }

    private static String ids(List<ClaimResult> claims, Outcome outcome) {
        List<String> ids = claims.stream()
                .filter(claim -> claim.outcome() == outcome)
                .map(ClaimResult::id)
                .toList();
        return (ids.size() == 1 ? "claim " : "claims ") + String.join(", ", ids);
    }

    /** The reason of the first, where one of its key SLOs decided, or else of the first of all. */
    private static String first(List<ClaimResult> claims, Outcome outcome) {
        return claims.stream()
                .filter(claim -> claim.outcome() == outcome)
                .min(Comparator.comparing(
                        claim -> claim.slos().stream().noneMatch(slo -> slo.key() && slo.outcome() == outcome)))
                .map(ClaimResult::reason)
                .orElse("");
    }
}
