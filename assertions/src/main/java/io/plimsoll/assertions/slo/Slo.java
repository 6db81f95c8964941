package io.plimsoll.assertions.slo;

import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.ResourceKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One SLO. {@link #toString} prints it so that {@link SloParser#parse} reads the same again.
 *
 * @param subject what it is about
 * @param comparison how it is compared
 * @param limit with what
 * @param share in how much of its window it must hold; empty means for the window as a whole
 * @param forEach judged for every resource of this kind by itself
 * @param when the part of the run it is judged in
 * @param options what else is said of it
 */
public record Slo(
        Subject subject,
        Comparison comparison,
        Limit limit,
        Optional<TimeShare> share,
        Optional<ResourceKind> forEach,
        When when,
        Options options) {

    /** Name of the window that leaves out only the declared warm-up. */
    public static final String AFTER_WARM_UP = "after-warm-up";

    /** Name of the window that leaves out nothing. */
    public static final String WHOLE = "whole";

    /**
     * Marks that need not be planned: those that every load has, and those that are found in the events of the stack and of
     * the client.
     */
    public static final List<String> WELL_KNOWN_MARKS = List.of(
            "load-start",
            "load-end",
            "alarm",
            "scaling-activity",
            "launched",
            "healthy",
            "unhealthy",
            "scale-in-alarm",
            "scale-in-activity",
            "terminated",
            "write-outage",
            "writes-restored");

    /**
     * What may be said of an SLO.
     *
     * @param key whether it is named first where several fail
     * @param warn a stricter limit: beyond it the result warns, and its outcome stays the same
     * @param missing what a missing datapoint is taken for
     */
    public record Options(boolean key, Optional<Limit> warn, Missing missing) {
        /** Nothing is said. */
        public static final Options NONE = new Options(false, Optional.empty(), new Missing.AsUsual());
    }

    /** An SLO of a subject, a comparison and a limit, judged after the warm-up. */
    public static Slo of(Subject subject, Comparison comparison, Limit limit) {
        return new Slo(
                subject, comparison, limit, Optional.empty(), Optional.empty(), new When.Unstated(), Options.NONE);
    }

    /** Names of the requests it asks for; none if it asks for all, or for none. */
    public Stream<String> requestNames() {
        return expressions()
                .flatMap(Expression::clientMeasures)
                .flatMap(measure -> measure.requests().name().stream())
                .distinct();
    }

    /** Every metric it asks for. */
    public Stream<MetricDefinition> metrics() {
        return expressions().flatMap(Expression::metrics).distinct();
    }

    /** Every expression in it, those of its limit and of the SLO it recovers to included. */
    public Stream<Expression> expressions() {
        Stream<Expression> own = subject instanceof Expression expression
                ? Stream.of(expression)
                : inner().map(Slo::expressions).orElse(Stream.empty());
        return Stream.concat(
                own,
                references()
                        .flatMap(reference -> reference instanceof Reference.Other other
                                ? Stream.of(other.expression())
                                : Stream.empty()));
    }

    /** The SLO in {@code recovered(...)} or {@code reached(...)}, if there is one. */
    public Optional<Slo> inner() {
        if (subject instanceof Subject.TimeBetween time) {
            if (time.to() instanceof Subject.Goal.Recovered recovered) {
                return Optional.of(recovered.slo());
            } else if (time.to() instanceof Subject.Goal.Reached reached) {
                return Optional.of(reached.slo());
            }
        }
        return Optional.empty();
    }

    private Stream<Reference> references() {
        return Stream.concat(Stream.of(limit), options.warn().stream())
                .flatMap(one -> one.bounds().stream())
                .flatMap(bound -> bound.reference().stream());
    }

    /** Whether its limit is relative to the baseline. */
    public boolean needsBaseline() {
        return references().anyMatch(reference -> reference instanceof Reference.Baseline);
    }

    /** Names of the phases it needs, {@link #WHOLE} and {@link #AFTER_WARM_UP} left out. */
    public Stream<String> phaseNames() {
        Stream<String> spans = spans().flatMap(
                        span -> span instanceof Span.Phase phase ? Stream.of(phase.name()) : Stream.empty())
                .filter(name -> !Set.of(WHOLE, AFTER_WARM_UP).contains(name));
        Stream<String> edges =
                marks().flatMap(mark -> mark instanceof Mark.PhaseEdge edge ? Stream.of(edge.phase()) : Stream.empty());
        return Stream.concat(spans, edges).distinct();
    }

    private Stream<Span> spans() {
        Stream<Span> own = when instanceof When.During during ? Stream.of(during.span()) : Stream.empty();
        return Stream.concat(
                own,
                references()
                        .flatMap(reference -> reference instanceof Reference.InWindow window
                                ? Stream.of(window.span())
                                : Stream.empty()));
    }

    /** Every mark it needs. */
    public Stream<Mark> marks() {
        Stream<Mark> between = subject instanceof Subject.TimeBetween time
                ? Stream.concat(
                        Stream.of(time.from()),
                        time.to() instanceof Subject.Goal.At at ? Stream.of(at.mark()) : Stream.empty())
                : Stream.empty();
        Stream<Mark> beside =
                spans().flatMap(span -> span instanceof Span.Beside one ? Stream.of(one.mark()) : Stream.empty());
        return Stream.of(between, moments().map(Moment::mark), beside).flatMap(each -> each);
    }

    /** Words that it needs as marks. */
    public Stream<String> markNames() {
        return marks().flatMap(mark -> mark instanceof Mark.Named named ? Stream.of(named.name()) : Stream.empty())
                .distinct();
    }

    private Stream<Moment> moments() {
        if (when instanceof When.From from) {
            return Stream.concat(Stream.of(from.start()), from.end().stream());
        }
        return when instanceof When.Before before ? Stream.of(before.end()) : Stream.empty();
    }

    /** The same without options, as results name it. */
    public String plain() {
        String time = when.toString();
        return subject + " " + comparison.symbol() + " " + written(limit)
                + share.map(part -> " " + part).orElse("")
                + forEach.map(kind -> " for each " + kind.word()).orElse("")
                + (time.isEmpty() ? "" : " " + time);
    }

    /** The achieved rate is of what was offered, and says so. */
    private String written(Limit bounds) {
        return bounds.bounds().stream()
                .map(bound -> subject instanceof Expression.AchievedRate && bound instanceof Bound.Absolute
                        ? bound + " of offered"
                        : bound.toString())
                .collect(Collectors.joining(" or "));
    }

    @Override
    public String toString() {
        return plain()
                + (options.key() ? ", key" : "")
                + options.warn().map(stricter -> ", warn " + written(stricter)).orElse("")
                + (options.missing() instanceof Missing.AsUsual ? "" : ", missing " + options.missing());
    }
}
