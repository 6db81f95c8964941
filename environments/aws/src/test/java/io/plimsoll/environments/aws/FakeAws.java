package io.plimsoll.environments.aws;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribePoliciesResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheClustersRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheClustersResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheParametersRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheParametersResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheSubnetGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheSubnetGroupsResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeReplicationGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeReplicationGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterParametersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterParametersResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbParametersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbParametersResponse;
import software.amazon.awssdk.services.redshift.RedshiftClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** AWS in memory: each operation is a function that a test replaces; a fresh one answers that there is nothing. */
final class FakeAws {
    Function<DescribeLoadBalancersRequest, DescribeLoadBalancersResponse> loadBalancers =
            request -> DescribeLoadBalancersResponse.builder().build();
    Function<DescribeTargetGroupsRequest, DescribeTargetGroupsResponse> targetGroups =
            request -> DescribeTargetGroupsResponse.builder().build();
    Function<DescribeTargetHealthRequest, DescribeTargetHealthResponse> targetHealth =
            request -> DescribeTargetHealthResponse.builder().build();
    Function<DescribeAutoScalingGroupsRequest, DescribeAutoScalingGroupsResponse> scalingGroups =
            request -> DescribeAutoScalingGroupsResponse.builder().build();
    Function<DescribePoliciesRequest, DescribePoliciesResponse> policies =
            request -> DescribePoliciesResponse.builder().build();
    Function<DescribeScalingActivitiesRequest, DescribeScalingActivitiesResponse> activities =
            request -> DescribeScalingActivitiesResponse.builder().build();
    Function<DescribeInstancesRequest, DescribeInstancesResponse> instances =
            request -> DescribeInstancesResponse.builder().build();
    Function<DescribeDbInstancesRequest, DescribeDbInstancesResponse> databases =
            request -> DescribeDbInstancesResponse.builder().build();
    Function<DescribeCacheClustersRequest, DescribeCacheClustersResponse> cacheClusters =
            request -> DescribeCacheClustersResponse.builder().build();
    Function<DescribeReplicationGroupsRequest, DescribeReplicationGroupsResponse> replicationGroups =
            request -> DescribeReplicationGroupsResponse.builder().build();
    Function<GetMetricDataRequest, GetMetricDataResponse> metricData =
            request -> GetMetricDataResponse.builder().build();
    Function<DescribeAlarmHistoryRequest, DescribeAlarmHistoryResponse> alarmHistory =
            request -> DescribeAlarmHistoryResponse.builder().build();
    Function<GetCallerIdentityRequest, GetCallerIdentityResponse> callerIdentity =
            request -> GetCallerIdentityResponse.builder().build();

    /** Every GetMetricData request received, in order. */
    final List<GetMetricDataRequest> metricRequests = new ArrayList<>();

    /** Every other service. */
    final FakeServices others = new FakeServices();

    private final CallLedger ledger;

    FakeAws(Clock clock) {
        ledger = new CallLedger(clock);
        others.on("describeLoadBalancers", DescribeLoadBalancersRequest.class, request -> loadBalancers.apply(request));
        others.on("describeTargetGroups", DescribeTargetGroupsRequest.class, request -> targetGroups.apply(request));
        others.on("describeTargetHealth", DescribeTargetHealthRequest.class, request -> targetHealth.apply(request));
        others.on(
                "describeAutoScalingGroups",
                DescribeAutoScalingGroupsRequest.class,
                request -> scalingGroups.apply(request));
        others.on("describePolicies", DescribePoliciesRequest.class, request -> policies.apply(request));
        others.on(
                "describeScalingActivities",
                DescribeScalingActivitiesRequest.class,
                request -> activities.apply(request));
        others.on("describeInstances", DescribeInstancesRequest.class, request -> instances.apply(request));
        others.on("getCallerIdentity", GetCallerIdentityRequest.class, request -> callerIdentity.apply(request));
    }

    AwsClients clients() {
        return new AwsClients(services(), region -> services(), ledger, () -> {});
    }

    CallLedger ledger() {
        return ledger;
    }

    AwsClients.Services services() {
        return new AwsClients.Services(
                cloudWatch(),
                others.client(ElasticLoadBalancingV2Client.class),
                others.client(AutoScalingClient.class),
                new Rds(),
                others.client(Ec2Client.class),
                new Cache(),
                others.client(StsClient.class),
                beyond());
    }

    private AwsClients.Beyond beyond() {
        return new AwsClients.Beyond(
                others.client(CloudFrontClient.class),
                others.client(S3Client.class),
                others.client(Route53Client.class),
                others.client(ResourceGroupsTaggingApiClient.class),
                others.client(CloudTrailClient.class),
                others.client(CloudWatchLogsClient.class),
                new AwsClients.Managed(
                        others.client(SqsClient.class),
                        others.client(DynamoDbClient.class),
                        others.client(LambdaClient.class),
                        others.client(RedshiftClient.class)),
                region -> cloudWatch());
    }

    CloudWatchClient cloudWatch() {
        return new CloudWatch();
    }

    private final class CloudWatch implements CloudWatchClient {
        @Override
        public ListMetricsResponse listMetrics(ListMetricsRequest request) {
            return others.answer("listMetrics", request, ListMetricsResponse.class);
        }

        @Override
        public DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
            return others.answer("describeAlarms", request, DescribeAlarmsResponse.class);
        }

        @Override
        public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
            metricRequests.add(request);
            return metricData.apply(request);
        }

        @Override
        public DescribeAlarmHistoryResponse describeAlarmHistory(DescribeAlarmHistoryRequest request) {
            return alarmHistory.apply(request);
        }

        @Override
        public String serviceName() {
            return "monitoring";
        }

        @Override
        public void close() {}
    }

    private final class Rds implements RdsClient {
        @Override
        public DescribeDbClustersResponse describeDBClusters(DescribeDbClustersRequest request) {
            return others.answer("describeDBClusters", request, DescribeDbClustersResponse.class);
        }

        @Override
        public software.amazon.awssdk.services.rds.model.DescribeEventsResponse describeEvents(
                software.amazon.awssdk.services.rds.model.DescribeEventsRequest request) {
            return others.answer(
                    "rds.describeEvents",
                    request,
                    software.amazon.awssdk.services.rds.model.DescribeEventsResponse.class);
        }

        @Override
        public DescribeDbParametersResponse describeDBParameters(DescribeDbParametersRequest request) {
            return others.answer("describeDBParameters", request, DescribeDbParametersResponse.class);
        }

        @Override
        public DescribeDbClusterParametersResponse describeDBClusterParameters(
                DescribeDbClusterParametersRequest request) {
            return others.answer("describeDBClusterParameters", request, DescribeDbClusterParametersResponse.class);
        }

        @Override
        public DescribeDbInstancesResponse describeDBInstances(DescribeDbInstancesRequest request) {
            return databases.apply(request);
        }

        @Override
        public String serviceName() {
            return "rds";
        }

        @Override
        public void close() {}
    }

    private final class Cache implements ElastiCacheClient {
        @Override
        public DescribeCacheSubnetGroupsResponse describeCacheSubnetGroups(DescribeCacheSubnetGroupsRequest request) {
            return others.answer("describeCacheSubnetGroups", request, DescribeCacheSubnetGroupsResponse.class);
        }

        @Override
        public software.amazon.awssdk.services.elasticache.model.DescribeEventsResponse describeEvents(
                software.amazon.awssdk.services.elasticache.model.DescribeEventsRequest request) {
            return others.answer(
                    "elasticache.describeEvents",
                    request,
                    software.amazon.awssdk.services.elasticache.model.DescribeEventsResponse.class);
        }

        @Override
        public DescribeCacheParametersResponse describeCacheParameters(DescribeCacheParametersRequest request) {
            return others.answer("describeCacheParameters", request, DescribeCacheParametersResponse.class);
        }

        @Override
        public DescribeCacheClustersResponse describeCacheClusters(DescribeCacheClustersRequest request) {
            return cacheClusters.apply(request);
        }

        @Override
        public DescribeReplicationGroupsResponse describeReplicationGroups(DescribeReplicationGroupsRequest request) {
            return replicationGroups.apply(request);
        }

        @Override
        public String serviceName() {
            return "elasticache";
        }

        @Override
        public void close() {}
    }
}
