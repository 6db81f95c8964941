package io.plimsoll.environments.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.autoscaling.model.Alarm;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesResponse;
import software.amazon.awssdk.services.autoscaling.model.EnabledMetric;
import software.amazon.awssdk.services.autoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheClustersRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheClustersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;

/** A stack of one load balancer, one group, a primary with a replica and a cache, served by a {@link FakeAws}. */
final class FakeStack {
    static final String BALANCER = "app/shop-lb/50dc6c495c0c9188";
    static final String TARGET_GROUP = "targetgroup/shop-app/73e2d6bc24d8a067";
    static final String ARN = "arn:aws:elasticloadbalancing:us-east-1:123456789012:";
    static final String FIRST = "i-0aaaaaaaaaaaaaaa1";
    static final String SECOND = "i-0aaaaaaaaaaaaaaa2";

    /** State by instance id, as the load balancer sees it. */
    final Map<String, String> targets = new TreeMap<>();

    FakeStack(FakeAws aws) {
        targets.put(FIRST, "healthy");
        aws.loadBalancers = FakeStack::loadBalancers;
        aws.targetGroups = request -> targetGroups();
        aws.targetHealth = request -> targetHealth();
        aws.scalingGroups = request -> scalingGroups(request.autoScalingGroupNames());
        aws.policies = request -> policies();
        aws.instances = request -> instances(request.filters().get(0).values());
        aws.databases = request -> databases(request.dbInstanceIdentifier());
        aws.cacheClusters = FakeStack::cacheClusters;
        aws.replicationGroups = request -> {
            throw notFound("ReplicationGroupNotFoundFault");
        };
        aws.metricData = request -> answer(request, 42);
    }

    static AwsServiceException notFound(String code) {
        return AwsErrors.of(404, code, "not there");
    }

    private static DescribeLoadBalancersResponse loadBalancers(DescribeLoadBalancersRequest request) {
        if (!request.names().isEmpty() && !request.names().contains("shop-lb")) {
            throw notFound("LoadBalancerNotFound");
        }
        return DescribeLoadBalancersResponse.builder()
                .loadBalancers(LoadBalancer.builder()
                        .loadBalancerArn(ARN + "loadbalancer/" + BALANCER)
                        .loadBalancerName("shop-lb")
                        .dnsName("shop-lb-1.us-east-1.elb.amazonaws.com")
                        .scheme("internet-facing")
                        .type("application")
                        .availabilityZones(zone("us-east-1b"), zone("us-east-1a"))
                        .build())
                .build();
    }

    private static DescribeTargetGroupsResponse targetGroups() {
        return DescribeTargetGroupsResponse.builder()
                .targetGroups(TargetGroup.builder()
                        .targetGroupArn(ARN + TARGET_GROUP)
                        .targetGroupName("shop-app")
                        .targetType("instance")
                        .port(8080)
                        .healthCheckIntervalSeconds(10)
                        .build())
                .build();
    }

    private static DescribeCacheClustersResponse cacheClusters(DescribeCacheClustersRequest request) {
        if (request.cacheClusterId() != null && !request.cacheClusterId().equals("shop-cache")) {
            throw notFound("CacheClusterNotFound");
        }
        return DescribeCacheClustersResponse.builder()
                .cacheClusters(CacheCluster.builder()
                        .cacheClusterId("shop-cache")
                        .engine("redis")
                        .engineVersion("7.1.0")
                        .cacheNodeType("cache.t4g.small")
                        .numCacheNodes(1)
                        .cacheClusterStatus("available")
                        .build())
                .build();
    }

    private static AvailabilityZone zone(String name) {
        return AvailabilityZone.builder().zoneName(name).build();
    }

    private static EnabledMetric enabled(String metric) {
        return EnabledMetric.builder().metric(metric).build();
    }

    private DescribeTargetHealthResponse targetHealth() {
        List<TargetHealthDescription> descriptions = new ArrayList<>();
        targets.forEach((id, state) -> descriptions.add(TargetHealthDescription.builder()
                .target(target -> target.id(id).port(8080))
                .targetHealth(health -> health.state(state))
                .build()));
        return DescribeTargetHealthResponse.builder()
                .targetHealthDescriptions(descriptions)
                .build();
    }

    /** A group of someone else's, and ours. */
    private DescribeAutoScalingGroupsResponse scalingGroups(List<String> names) {
        AutoScalingGroup other = AutoScalingGroup.builder()
                .autoScalingGroupName("someone-elses")
                .targetGroupARNs(ARN + "targetgroup/other/1111111111111111")
                .desiredCapacity(7)
                .build();
        AutoScalingGroup ours = AutoScalingGroup.builder()
                .autoScalingGroupName("shop-group")
                .targetGroupARNs(ARN + TARGET_GROUP)
                .minSize(1)
                .maxSize(4)
                .desiredCapacity(targets.size())
                .defaultInstanceWarmup(60)
                .availabilityZones("us-east-1a", "us-east-1b")
                .enabledMetrics(enabled("GroupDesiredCapacity"), enabled("GroupInServiceInstances"))
                .instances(targets.keySet().stream()
                        .filter(id -> id.startsWith("i-"))
                        .map(FakeStack::member)
                        .toList())
                .build();
        return DescribeAutoScalingGroupsResponse.builder()
                .autoScalingGroups(Stream.of(other, ours)
                        .filter(group -> names.isEmpty() || names.contains(group.autoScalingGroupName()))
                        .toList())
                .build();
    }

    private static software.amazon.awssdk.services.autoscaling.model.Instance member(String id) {
        return software.amazon.awssdk.services.autoscaling.model.Instance.builder()
                .instanceId(id)
                .build();
    }

    private static DescribePoliciesResponse policies() {
        return DescribePoliciesResponse.builder()
                .scalingPolicies(ScalingPolicy.builder()
                        .policyName("keep-cpu")
                        .policyType("TargetTrackingScaling")
                        .alarms(Alarm.builder()
                                .alarmName("TargetTracking-shop-group-AlarmHigh")
                                .build())
                        .targetTrackingConfiguration(tracking -> tracking.targetValue(50.0)
                                .predefinedMetricSpecification(
                                        metric -> metric.predefinedMetricType("ASGAverageCPUUtilization")))
                        .build())
                .build();
    }

    private static DescribeInstancesResponse instances(List<String> ids) {
        List<Instance> known = ids.stream()
                .filter(id -> List.of(FIRST, SECOND).contains(id))
                .map(id -> Instance.builder()
                        .instanceId(id)
                        .instanceType("t3.small")
                        .launchTime(Instant.parse("2026-11-24T09:00:00Z"))
                        .placement(placement -> placement.availabilityZone("us-east-1a"))
                        .monitoring(monitoring -> monitoring.state("enabled"))
                        .state(state -> state.name("running"))
                        .build())
                .toList();
        return DescribeInstancesResponse.builder()
                .reservations(Reservation.builder().instances(known).build())
                .build();
    }

    private static DescribeDbInstancesResponse databases(@Nullable String id) {
        DBInstance primary = DBInstance.builder()
                .dbInstanceIdentifier("shop-db")
                .engine("mysql")
                .engineVersion("8.4.3")
                .dbInstanceClass("db.t4g.medium")
                .dbInstanceStatus("available")
                .availabilityZone("us-east-1a")
                .readReplicaDBInstanceIdentifiers("shop-db-replica-1")
                .build();
        DBInstance replica = primary.toBuilder()
                .dbInstanceIdentifier("shop-db-replica-1")
                .readReplicaDBInstanceIdentifiers(List.of())
                .readReplicaSourceDBInstanceIdentifier("shop-db")
                .build();
        List<DBInstance> found = List.of(primary, replica).stream()
                .filter(instance ->
                        id == null || instance.dbInstanceIdentifier().equals(id))
                .toList();
        if (found.isEmpty()) {
            throw notFound("DBInstanceNotFound");
        }
        return DescribeDbInstancesResponse.builder().dbInstances(found).build();
    }

    /** Answers every query in full with one value at the start of the window. */
    static GetMetricDataResponse answer(GetMetricDataRequest request, double value) {
        return GetMetricDataResponse.builder()
                .metricDataResults(request.metricDataQueries().stream()
                        .map(query -> result(query.id(), "Complete", request.startTime(), value))
                        .toList())
                .build();
    }

    /** A result of values in consecutive seconds. */
    static MetricDataResult result(String id, String status, Instant start, double... values) {
        List<Instant> timestamps = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            timestamps.add(start.plusSeconds(i));
        }
        return MetricDataResult.builder()
                .id(id)
                .statusCode(status)
                .timestamps(timestamps)
                .values(Arrays.stream(values).boxed().toList())
                .build();
    }
}
