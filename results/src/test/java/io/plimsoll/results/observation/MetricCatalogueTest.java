package io.plimsoll.results.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.results.document.DocumentException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricCatalogueTest {
    /** What AWS's own pages say of a metric, as the project's table of facts holds it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            host cpu|AWS/EC2|CPUUtilization|InstanceId|Average|PERCENT
            group cpu|AWS/EC2|CPUUtilization|AutoScalingGroupName|Average|PERCENT
            host network in|AWS/EC2|NetworkIn|InstanceId|Sum|BYTES
            host disk writes|AWS/EC2|EBSWriteOps|InstanceId|Sum|COUNT
            host status check failed|AWS/EC2|StatusCheckFailed|InstanceId|Maximum|COUNT
            volume queue length|AWS/EBS|VolumeQueueLength|VolumeId|Average|COUNT
            volume burst balance|AWS/EBS|BurstBalance|VolumeId|Minimum|PERCENT
            host memory used|CWAgent|mem_used_percent|InstanceId,*|Average|PERCENT
            load balancer requests|AWS/ApplicationELB|RequestCount|LoadBalancer|Sum|COUNT
            load balancer 5xx|AWS/ApplicationELB|HTTPCode_ELB_5XX_Count|LoadBalancer|Sum|COUNT
            healthy hosts|AWS/ApplicationELB|HealthyHostCount|LoadBalancer,TargetGroup|Minimum|COUNT
            zone requests|AWS/ApplicationELB|RequestCount|AvailabilityZone,LoadBalancer|Sum|COUNT
            flows|AWS/NetworkELB|ActiveFlowCount|LoadBalancer|Average|COUNT
            instances pending|AWS/AutoScaling|GroupPendingInstances|AutoScalingGroupName|Average|COUNT
            database free storage|AWS/RDS|FreeStorageSpace|DBInstanceIdentifier|Minimum|BYTES
            replica lag|AWS/RDS|ReplicaLag|DBInstanceIdentifier|Maximum|SECONDS
            cluster replica lag|AWS/RDS|AuroraReplicaLagMaximum|DBClusterIdentifier,Role=WRITER|Maximum|SECONDS
            cache hits|AWS/ElastiCache|CacheHits|CacheClusterId|Sum|COUNT
            cache node engine cpu|AWS/ElastiCache|EngineCPUUtilization|CacheClusterId,CacheNodeId|Average|PERCENT
            cdn hit ratio|AWS/CloudFront|CacheHitRate|DistributionId,Region=Global|Average|PERCENT
            cdn origin latency|AWS/CloudFront|OriginLatency|DistributionId,Region=Global|p95|SECONDS
            bucket requests|AWS/S3|AllRequests|BucketName,FilterId|Sum|COUNT
            bucket first byte latency|AWS/S3|FirstByteLatency|BucketName,FilterId|p95|SECONDS
            table read throttles|AWS/DynamoDB|ReadThrottleEvents|TableName|Sum|COUNT
            table get latency|AWS/DynamoDB|SuccessfulRequestLatency|Operation=GetItem,TableName|Average|SECONDS
            queue oldest message age|AWS/SQS|ApproximateAgeOfOldestMessage|QueueName|Maximum|SECONDS
            function errors|AWS/Lambda|Errors|FunctionName|Sum|COUNT
            warehouse disk used|AWS/Redshift|PercentageDiskSpaceUsed|ClusterIdentifier|Maximum|PERCENT
            health check status|AWS/Route53|HealthCheckStatus|HealthCheckId|Minimum|COUNT
            """)
    void whatAwsPublishesCanBeNamed(
            String name, String namespace, String metric, String dimensions, String statistic, Unit unit) {
        MetricDefinition definition = named(name);
        assertThat(definition.namespace()).isEqualTo(namespace);
        assertThat(definition.metric()).isEqualTo(metric);
        assertThat(definition.dimensions()).containsExactly(dimensions.split(",", -1));
        assertThat(definition.statistic()).isEqualTo(statistic);
        assertThat(definition.unit()).isEqualTo(unit);
    }

    @Test
    void everyMetricHasOneNameAndAKnownCompanion() {
        assertThat(MetricCatalogue.all()).extracting(MetricDefinition::name).doesNotHaveDuplicates();
        assertThat(MetricCatalogue.all()).hasSizeGreaterThan(100);
        assertThat(MetricCatalogue.all())
                .filteredOn(metric -> metric.absence() instanceof Absence.Sparse)
                .allSatisfy(metric -> assertThat(named(((Absence.Sparse) metric.absence()).companion())
                                .kind())
                        .isEqualTo(metric.kind()));
    }

    @Test
    void everyKindOfAbsenceIsAmongThem() {
        assertThat(named("host cpu").absence()).isEqualTo(new Absence.Dense());
        assertThat(named("target 5xx").absence()).isEqualTo(new Absence.Sparse("load balancer requests"));
        assertThat(named("replica lag").absence()).isEqualTo(new Absence.Sentinel(-1, "replication stopped"));
        assertThat(named("bucket requests").switchOn())
                .hasValueSatisfying(what -> assertThat(what).contains("put-bucket-metrics-configuration"));
        assertThat(named("host cpu").switchOn()).isEmpty();
    }

    @Test
    void auroraPublishesLagInMillisecondsAndMySqlInSeconds() {
        MetricSource mysql = source("replica lag", ResourceKind.REPLICA, Map.of("engine", "mysql"));
        MetricSource aurora = source("replica lag", ResourceKind.REPLICA, Map.of("engine", "aurora-mysql"));
        assertThat(mysql.metric()).isEqualTo("ReplicaLag");
        assertThat(aurora.metric()).isEqualTo("AuroraReplicaLag");
        assertThat(aurora.toUnit() * 1500).isEqualTo(mysql.toUnit() * 1.5, within(1e-12));
    }

    @Test
    void memcachedCountsHitsByAnotherName() {
        assertThat(source("cache hits", ResourceKind.CACHE, Map.of("engine", "memcached"))
                        .metric())
                .isEqualTo("GetHits");
        assertThat(source("cache hits", ResourceKind.CACHE, Map.of("engine", "redis"))
                        .metric())
                .isEqualTo("CacheHits");
    }

    @Test
    void onlyBurstableInstancesHaveCreditsAndOnlyEveryFiveMinutes() {
        MetricDefinition credits = named("host cpu credits");
        assertThat(credits.sourceFor(Resource.of(ResourceKind.INSTANCE, "i-1", Map.of("type", "t3.micro"))))
                .hasValueSatisfying(source -> assertThat(source.period()).isEqualTo(Duration.ofMinutes(5)));
        assertThat(credits.sourceFor(Resource.of(ResourceKind.INSTANCE, "i-2", Map.of("type", "m5.large"))))
                .isEmpty();
    }

    @Test
    void cloudFrontAndRoute53PublishInOneRegionOnly() {
        assertThat(named("cdn requests").sources().get(0).region()).contains("us-east-1");
        assertThat(named("health check status").sources().get(0).region()).contains("us-east-1");
        assertThat(named("host cpu").sources().get(0).region()).isEmpty();
    }

    @Test
    void whatTheInjectorMeasuresIsNeverAskedOfCloudWatch() {
        assertThat(named("lost writes").fromInjector()).isTrue();
        assertThat(named("host cpu").fromInjector()).isFalse();
    }

    @Test
    void anyOtherMetricIsNamedByCloudWatchsOwnWords() {
        MetricDefinition known = MetricCatalogue.cloudWatch("AWS/EC2", "StatusCheckFailed_System", "Maximum");
        assertThat(known.name()).isEqualTo("cloudwatch \"AWS/EC2\" \"StatusCheckFailed_System\" Maximum");
        assertThat(known.kind()).isEqualTo(ResourceKind.INSTANCE);
        assertThat(known.dimensions()).containsExactly("InstanceId");
        MetricDefinition other = MetricCatalogue.cloudWatch("Shop/Orders", "Backlog", "p99");
        assertThat(other.kind()).isEqualTo(ResourceKind.METRIC);
        assertThat(other.dimensions()).containsExactly("*");
    }

    @Test
    void aStatisticThatCloudWatchDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> MetricCatalogue.cloudWatch("AWS/EC2", "CPUUtilization", "mean"))
                .hasMessage("CPUUtilization: statistic must be one of CloudWatch's, such as Average, Sum, Minimum,"
                        + " Maximum, SampleCount or p95, was 'mean'");
    }

    @Test
    void aVocabularyTakesFurtherMetricsButNoNameTwice() {
        MetricDefinition backlog = MetricCatalogue.cloudWatch("Shop/Orders", "Backlog", "Maximum");
        MetricVocabulary vocabulary = MetricVocabulary.standard().with(List.of(backlog));
        assertThat(vocabulary.named(backlog.name())).contains(backlog);
        assertThat(vocabulary.named("host cpu")).isPresent();
        assertThatThrownBy(() -> vocabulary.with(List.of(backlog)))
                .hasMessage("metric '" + backlog.name() + "' is defined twice");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            of: instance|of: instanse|m.yaml:4: sources[0].metrics[0].of: unknown value 'instanse'; did you mean 'instance'?
            unit: B|unit: b|m.yaml:4: sources[0].metrics[0].unit: unknown value 'b'; did you mean 'B'?
            statistic: Sum|statistic: sum|m.yaml:4: sources[0].metrics[0]: in: statistic must be one of CloudWatch's
            absence: dense|absence: zero|m.yaml:4: sources[0].metrics[0].absence: must be 'dense', 'signed', 'sparse with <metric>' or
            absence: dense|absence: sparse with in|m.yaml:4: sources[0].metrics[0].absence: must be with a dense metric of kind 'instance'
            name: one|nam: one|m.yaml:4: unknown key 'sources[0].metrics[0].nam'; did you mean 'sources[0].metrics[0].name'?
            delay: 1 min|delay: soon|m.yaml:2: sources[0].delay: must be a duration
            """)
    void aWrongLineIsNamed(String right, String wrong, String error) {
        String text = """
                sources:
                  - {namespace: N, delay: 1 min,
                     metrics: [
                     {name: one, of: instance, metric: in, dimensions: [D], statistic: Sum, unit: B, absence: dense}]}
                namespaces: []
                """;
        assertThat(CatalogueReader.read("m.yaml", text).metrics()).hasSize(1);
        assertThatThrownBy(() -> CatalogueReader.read("m.yaml", text.replace(right, wrong)))
                .isInstanceOf(DocumentException.class)
                .hasMessageStartingWith(error);
    }

    @Test
    void aNameThatStandsTwiceMustSayWhenWhichIsMeant() {
        String text = """
                sources:
                  - namespace: N
                    metrics:
                      - {name: one, of: cache, metric: a, dimensions: [D], statistic: Sum}
                      - {name: one, of: cache, metric: b, dimensions: [D], statistic: Sum}
                namespaces: []
                """;
        assertThatThrownBy(() -> CatalogueReader.read("m.yaml", text))
                .hasMessage(
                        "m.yaml:5: sources[0].metrics[1].name: stands here twice, and nothing says when which of them"
                                + " is meant, was 'one'");
    }

    private static MetricSource source(String name, ResourceKind kind, Map<String, String> facts) {
        return named(name).sourceFor(Resource.of(kind, "one", facts)).orElseThrow();
    }

    private static MetricDefinition named(String name) {
        return Optional.of(name).flatMap(MetricCatalogue::named).orElseThrow();
    }
}
