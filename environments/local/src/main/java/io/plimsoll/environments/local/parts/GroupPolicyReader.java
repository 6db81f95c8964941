package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.descriptor.Values;
import io.plimsoll.environments.local.estate.ArnSuffix;
import io.plimsoll.environments.local.metrics.MetricKey;
import io.plimsoll.environments.local.metrics.Statistic;
import io.plimsoll.environments.local.scaling.Adjustment;
import io.plimsoll.environments.local.scaling.AlarmActions;
import io.plimsoll.environments.local.scaling.AlarmSpec;
import io.plimsoll.environments.local.scaling.Comparison;
import io.plimsoll.environments.local.scaling.MissingData;
import io.plimsoll.environments.local.scaling.PolicySpec;
import io.plimsoll.environments.local.scaling.ScalingGroupSpec.PolicyAlarm;
import io.plimsoll.environments.local.scaling.SimpleScalingSpec;
import io.plimsoll.environments.local.scaling.StepScalingSpec;
import io.plimsoll.environments.local.scaling.TargetTrackingSpec;
import io.plimsoll.environments.local.scaling.TrackedMetric;
import io.plimsoll.results.document.Document.Node;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Reads one scaling policy of a group, with the alarm that triggers it where it has one of its own. */
final class GroupPolicyReader {
    private static final int MOST_DATAPOINTS = 60;
    private static final Map<String, Comparison> COMPARISONS = new TreeMap<>(Map.of(
            "above", Comparison.GREATER_THAN,
            "at-least", Comparison.GREATER_THAN_OR_EQUAL,
            "below", Comparison.LESS_THAN,
            "at-most", Comparison.LESS_THAN_OR_EQUAL));

    private final String group;
    private final String resourceLabel;
    private final Duration period;

    /**
     * Reads policies of a group.
     *
     * @param resourceLabel of its load balancer and target group
     * @param period period of its alarms
     */
    GroupPolicyReader(String group, String resourceLabel, Duration period) {
        this.group = group;
        this.resourceLabel = resourceLabel;
        this.period = period;
    }

    /** A policy and the alarm that triggers it; empty for target tracking, which makes its own. */
    record Described(PolicySpec policy, Optional<PolicyAlarm> alarm) {}

    Described read(Node node) {
        try {
            return switch (node.required("type").oneOf(List.of("target-tracking", "step", "simple"))) {
                case "step" -> step(node);
                case "simple" -> simple(node);
                default -> new Described(tracking(node), Optional.empty());
            };
        } catch (IllegalArgumentException e) {
            throw node.error(String.valueOf(e.getMessage()));
        }
    }

    private String name(Node node, String byDefault) {
        return node.optional("name").map(Node::text).orElse(group + "-" + byDefault);
    }

    private TargetTrackingSpec tracking(Node node) {
        node.allowOnly(
                "name",
                "type",
                "metric",
                "custom-metric",
                "target",
                "scale-out-datapoints",
                "scale-in-datapoints",
                "scale-in",
                "warm-up");
        Optional<Node> custom = node.optional("custom-metric");
        if (custom.isPresent() == node.optional("metric").isPresent()) {
            throw node.error("must have one of metric, custom-metric");
        }
        return new TargetTrackingSpec(
                name(node, "cpu-target-tracking"),
                true,
                custom.map(GroupPolicyReader::customized).orElseGet(() -> predefined(node.required("metric"))),
                node.required("target").number(1e-9, 1e15),
                node.required("scale-out-datapoints").integer(1, MOST_DATAPOINTS),
                node.required("scale-in-datapoints").integer(1, MOST_DATAPOINTS),
                node.optional("scale-in").map(Node::flag).orElse(true),
                time(node.optional("warm-up")));
    }

    private static Optional<Duration> time(Optional<Node> node) {
        return node.map(each -> Values.within(each, Duration.ZERO, Values.LONGEST));
    }

    private TrackedMetric predefined(Node node) {
        String type = node.oneOf(TrackedMetric.PREDEFINED);
        return TrackedMetric.predefined(
                type, group, type.equals(TrackedMetric.REQUESTS) ? Optional.of(resourceLabel) : Optional.empty());
    }

    private static TrackedMetric customized(Node node) {
        node.allowOnly("namespace", "name", "dimensions", "statistic");
        return TrackedMetric.customized(key(node, "name"), statistic(node));
    }

    private static Statistic statistic(Node node) {
        return Statistic.named(node.required("statistic").text());
    }

    /** Load balancers and target groups may be named by their names. */
    private static MetricKey key(Node node, String metric) {
        TreeMap<String, String> dimensions = new TreeMap<>();
        node.required("dimensions").mapping().forEach((name, value) -> {
            String text = value.text();
            boolean suffix = text.contains("/");
            dimensions.put(
                    name,
                    name.equals("LoadBalancer") && !suffix
                            ? ArnSuffix.loadBalancer(text)
                            : name.equals("TargetGroup") && !suffix ? ArnSuffix.targetGroup(text) : text);
        });
        return new MetricKey(
                node.required("namespace").text(), node.required(metric).text(), dimensions);
    }

    private Described step(Node node) {
        node.allowOnly("name", "type", "alarm", "adjustment", "least", "steps", "warm-up");
        String name = name(node, "step");
        List<StepScalingSpec.Step> steps = node.required("steps").items().stream()
                .map(GroupPolicyReader::oneStep)
                .toList();
        return described(
                new StepScalingSpec(name, true, adjustment(node), steps, time(node.optional("warm-up"))), node);
    }

    private static StepScalingSpec.Step oneStep(Node node) {
        node.allowOnly("from", "to", "change");
        return new StepScalingSpec.Step(
                bound(node.optional("from")),
                bound(node.optional("to")),
                node.required("change").integer(-1_000, 1_000));
    }

    private static OptionalDouble bound(Optional<Node> node) {
        return node.map(each -> OptionalDouble.of(each.number(-1e15, 1e15))).orElse(OptionalDouble.empty());
    }

    private static Adjustment adjustment(Node node) {
        List<String> words = Arrays.stream(Adjustment.Type.values())
                .map(Adjustment.Type::word)
                .toList();
        return new Adjustment(
                Adjustment.Type.named(node.required("adjustment").oneOf(words)),
                node.optional("least")
                        .map(each -> OptionalInt.of(each.integer(1, 100)))
                        .orElse(OptionalInt.empty()));
    }

    private Described simple(Node node) {
        node.allowOnly("name", "type", "alarm", "adjustment", "least", "change", "cooldown");
        return described(
                new SimpleScalingSpec(
                        name(node, "simple"),
                        true,
                        adjustment(node),
                        node.required("change").integer(-1_000, 1_000),
                        time(node.optional("cooldown"))),
                node);
    }

    private Described described(PolicySpec policy, Node node) {
        AlarmSpec alarm = alarm(policy.name(), node.required("alarm"));
        return new Described(policy, Optional.of(new PolicyAlarm(alarm, policy.name())));
    }

    private AlarmSpec alarm(String policy, Node node) {
        node.allowOnly(
                "namespace",
                "metric",
                "dimensions",
                "statistic",
                "above",
                "at-least",
                "below",
                "at-most",
                "datapoints",
                "of",
                "missing");
        List<String> comparisons = COMPARISONS.keySet().stream()
                .filter(each -> node.optional(each).isPresent())
                .toList();
        if (comparisons.size() != 1) {
            throw node.error("must have one of " + String.join(", ", COMPARISONS.keySet()));
        }
        String comparison = comparisons.get(0);
        int datapoints = node.required("datapoints").integer(1, MOST_DATAPOINTS);
        return new AlarmSpec(
                policy + "-alarm",
                Optional.empty(),
                key(node, "metric"),
                statistic(node),
                period,
                node.optional("of")
                        .map(each -> each.integer(datapoints, MOST_DATAPOINTS))
                        .orElse(datapoints),
                datapoints,
                COMPARISONS.getOrDefault(comparison, Comparison.GREATER_THAN),
                node.required(comparison).number(-1e15, 1e15),
                missing(node.optional("missing")),
                AlarmActions.NONE);
    }

    private static MissingData missing(Optional<Node> node) {
        Map<String, MissingData> byWord = new TreeMap<>();
        for (MissingData each : MissingData.values()) {
            byWord.put(each.value(), each);
        }
        return node.map(each -> byWord.getOrDefault(each.oneOf(byWord.keySet()), MissingData.MISSING))
                .orElse(MissingData.MISSING);
    }
}
