package io.plimsoll.results.observation;

import static io.plimsoll.results.observation.Unit.COUNT;
import static io.plimsoll.results.observation.Unit.PERCENT;
import static io.plimsoll.results.observation.Unit.SECONDS;

import java.util.List;
import java.util.Optional;

/**
 * The CloudWatch metrics that have a name in the SLO language, with the dimension sets AWS publishes.
 *
 * <p>Sources: the "CloudWatch metrics" pages of the Elastic Load Balancing, EC2, EC2 Auto Scaling, RDS and ElastiCache
 * user guides.
 */
public final class MetricCatalogue {
    private static final String ELB = "AWS/ApplicationELB";
    private static final Absence DENSE = new Absence.Dense();
    /** An ALB publishes only while traffic flows; its error counters only when nonzero. */
    private static final Absence WITH_REQUESTS = new Absence.Sparse("load balancer requests");

    private static final List<MetricDefinition> ALL = List.of(
            define(
                    "load balancer requests",
                    ResourceKind.LOAD_BALANCER,
                    ELB,
                    "RequestCount",
                    "LoadBalancer",
                    "Sum",
                    COUNT,
                    DENSE),
            define(
                    "load balancer 5xx",
                    ResourceKind.LOAD_BALANCER,
                    ELB,
                    "HTTPCode_ELB_5XX_Count",
                    "LoadBalancer",
                    "Sum",
                    COUNT,
                    WITH_REQUESTS),
            define(
                    "target 5xx",
                    ResourceKind.LOAD_BALANCER,
                    ELB,
                    "HTTPCode_Target_5XX_Count",
                    "LoadBalancer",
                    "Sum",
                    COUNT,
                    WITH_REQUESTS),
            define(
                    "rejected connections",
                    ResourceKind.LOAD_BALANCER,
                    ELB,
                    "RejectedConnectionCount",
                    "LoadBalancer",
                    "Sum",
                    COUNT,
                    WITH_REQUESTS),
            define(
                    "target connection errors",
                    ResourceKind.LOAD_BALANCER,
                    ELB,
                    "TargetConnectionErrorCount",
                    "LoadBalancer",
                    "Sum",
                    COUNT,
                    WITH_REQUESTS),
            define(
                    "target response time",
                    ResourceKind.LOAD_BALANCER,
                    ELB,
                    "TargetResponseTime",
                    "LoadBalancer",
                    "p95",
                    SECONDS,
                    DENSE),
            define(
                    "healthy hosts",
                    ResourceKind.TARGET_GROUP,
                    ELB,
                    "HealthyHostCount",
                    "LoadBalancer,TargetGroup",
                    "Minimum",
                    COUNT,
                    DENSE),
            define(
                    "unhealthy hosts",
                    ResourceKind.TARGET_GROUP,
                    ELB,
                    "UnHealthyHostCount",
                    "LoadBalancer,TargetGroup",
                    "Maximum",
                    COUNT,
                    DENSE),
            define(
                    "requests per target",
                    ResourceKind.TARGET_GROUP,
                    ELB,
                    "RequestCountPerTarget",
                    "LoadBalancer,TargetGroup",
                    "Sum",
                    COUNT,
                    DENSE),
            define(
                    "host cpu",
                    ResourceKind.INSTANCE,
                    "AWS/EC2",
                    "CPUUtilization",
                    "InstanceId",
                    "Average",
                    PERCENT,
                    DENSE),
            define(
                    "group cpu",
                    ResourceKind.SCALING_GROUP,
                    "AWS/EC2",
                    "CPUUtilization",
                    "AutoScalingGroupName",
                    "Average",
                    PERCENT,
                    DENSE),
            define(
                    "desired capacity",
                    ResourceKind.SCALING_GROUP,
                    "AWS/AutoScaling",
                    "GroupDesiredCapacity",
                    "AutoScalingGroupName",
                    "Average",
                    COUNT,
                    DENSE),
            define(
                    "instances in service",
                    ResourceKind.SCALING_GROUP,
                    "AWS/AutoScaling",
                    "GroupInServiceInstances",
                    "AutoScalingGroupName",
                    "Average",
                    COUNT,
                    DENSE),
            define(
                    "database cpu",
                    ResourceKind.DATABASE,
                    "AWS/RDS",
                    "CPUUtilization",
                    "DBInstanceIdentifier",
                    "Average",
                    PERCENT,
                    DENSE),
            define(
                    "database connections",
                    ResourceKind.DATABASE,
                    "AWS/RDS",
                    "DatabaseConnections",
                    "DBInstanceIdentifier",
                    "Maximum",
                    COUNT,
                    DENSE),
            define(
                    "replica cpu",
                    ResourceKind.REPLICA,
                    "AWS/RDS",
                    "CPUUtilization",
                    "DBInstanceIdentifier",
                    "Average",
                    PERCENT,
                    DENSE),
            define(
                    "replica lag",
                    ResourceKind.REPLICA,
                    "AWS/RDS",
                    "ReplicaLag",
                    "DBInstanceIdentifier",
                    "Maximum",
                    SECONDS,
                    new Absence.Sentinel(-1, "replication stopped")),
            define(
                    "cache hits",
                    ResourceKind.CACHE,
                    "AWS/ElastiCache",
                    "CacheHits",
                    "CacheClusterId",
                    "Sum",
                    COUNT,
                    DENSE),
            define(
                    "cache misses",
                    ResourceKind.CACHE,
                    "AWS/ElastiCache",
                    "CacheMisses",
                    "CacheClusterId",
                    "Sum",
                    COUNT,
                    DENSE),
            define(
                    "evictions",
                    ResourceKind.CACHE,
                    "AWS/ElastiCache",
                    "Evictions",
                    "CacheClusterId",
                    "Sum",
                    COUNT,
                    DENSE),
            define(
                    "cache connections",
                    ResourceKind.CACHE,
                    "AWS/ElastiCache",
                    "CurrConnections",
                    "CacheClusterId",
                    "Maximum",
                    COUNT,
                    DENSE));

    private MetricCatalogue() {}

    /** Every catalogued metric, in a fixed order. */
    public static List<MetricDefinition> all() {
        return ALL;
    }

    /** The metric of that name; empty if the catalogue has none. */
    public static Optional<MetricDefinition> named(String name) {
        return ALL.stream().filter(metric -> metric.name().equals(name)).findFirst();
    }

    private static MetricDefinition define(
            String name,
            ResourceKind kind,
            String namespace,
            String metric,
            String dimensions,
            String statistic,
            Unit unit,
            Absence absence) {
        return new MetricDefinition(
                name, kind, namespace, metric, List.of(dimensions.split(",", -1)), statistic, unit, 1, absence);
    }
}
