package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.MetricCatalogue;
import io.plimsoll.results.observation.MetricDefinition;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether what AWS publishes only where someone switched it on is on: detailed monitoring, metrics of groups, buckets, CDN. */
record MonitoringChecks(Checklist list, Duration period) {
    private static final Duration COARSE = Duration.ofMinutes(5);

    void look(Topology topology) {
        monitoring(topology);
        groupMetrics(topology);
        buckets(topology.of(ResourceKind.BUCKET).stream()
                .filter(bucket -> !bucket.facts().containsKey("metrics-filter"))
                .map(Resource::id)
                .toList());
        distributions(topology.of(ResourceKind.DISTRIBUTION).stream()
                .filter(distribution -> "Disabled".equals(distribution.facts().get("additional-metrics")))
                .map(Resource::id)
                .toList());
    }

    private void monitoring(Topology topology) {
        List<Resource> instances = topology.of(ResourceKind.INSTANCE);
        List<String> basic = instances.stream()
                .filter(instance -> "disabled".equals(instance.facts().get("monitoring")))
                .map(Resource::id)
                .toList();
        if (!basic.isEmpty() && period.compareTo(COARSE) < 0) {
            String says = "detailed monitoring is off for " + basic.size() + " of " + instances.size()
                    + " instances, such as " + basic.get(0) + ": EC2 publishes every 5 min only";
            for (String metric : List.of("host cpu", "host network in", "host network out", "group cpu")) {
                list.darken(metric, "detailed monitoring is off");
            }
            list.add(
                    "monitoring",
                    Preflight.State.BLIND,
                    says,
                    "switch on detailed monitoring in the launch template, or: aws ec2 monitor-instances --instance-ids "
                            + basic.get(0));
        }
    }

    private void groupMetrics(Topology topology) {
        List<MetricDefinition> needed = WantedMetrics.with(List.of()).stream()
                .filter(metric -> metric.namespace().equals("AWS/AutoScaling"))
                .toList();
        List<String> groups = new ArrayList<>();
        Set<String> off = new TreeSet<>();
        for (Resource group : topology.of(ResourceKind.SCALING_GROUP)) {
            Set<String> enabled =
                    Set.of(group.facts().getOrDefault("enabled-metrics", "").split(", ", -1));
            List<MetricDefinition> missing = needed.stream()
                    .filter(metric -> !enabled.contains(metric.metric()))
                    .toList();
            missing.forEach(metric -> {
                list.darken(metric.name(), "group metrics are off");
                off.add(metric.metric());
            });
            if (!missing.isEmpty()) {
                groups.add(group.id());
            }
        }
        if (!groups.isEmpty()) {
            list.add(
                    "group metrics",
                    Preflight.State.BLIND,
                    String.join(", ", off) + " are off for " + shortened(groups),
                    "aws autoscaling enable-metrics-collection --granularity 1Minute --auto-scaling-group-name "
                            + groups.get(0) + others(groups));
        }
    }

    private void buckets(List<String> off) {
        if (off.isEmpty()) {
            return;
        }
        MetricCatalogue.all().stream()
                .map(MetricDefinition::name)
                .filter(name -> name.startsWith("bucket "))
                .forEach(name -> list.darken(name, "request metrics are off"));
        list.add(
                "bucket metrics",
                Preflight.State.BLIND,
                "request metrics are off for " + shortened(off),
                "aws s3api put-bucket-metrics-configuration --bucket " + off.get(0)
                        + " --id EntireBucket --metrics-configuration Id=EntireBucket" + others(off));
    }

    private void distributions(List<String> off) {
        if (off.isEmpty()) {
            return;
        }
        list.darken("cdn hit ratio", "additional metrics are off");
        list.darken("cdn origin latency", "additional metrics are off");
        list.add(
                "cdn metrics",
                Preflight.State.BLIND,
                "additional metrics (paid) are off for " + shortened(off),
                "aws cloudfront create-monitoring-subscription --distribution-id " + off.get(0)
                        + " --monitoring-subscription"
                        + " RealtimeMetricsSubscriptionConfig={RealtimeMetricsSubscriptionStatus=Enabled}"
                        + others(off));
    }

    /** One line, however many there are. */
    private static String shortened(List<String> ids) {
        int most = 3;
        return String.join(", ", ids.subList(0, Math.min(most, ids.size())))
                + (ids.size() > most ? " and " + (ids.size() - most) + " more" : "");
    }

    private static String others(List<String> ids) {
        return ids.size() > 1 ? ", and so for each" : "";
    }
}
