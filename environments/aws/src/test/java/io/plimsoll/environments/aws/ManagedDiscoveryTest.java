package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.aws.descriptor.Landmarks;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.ListEventSourceMappingsRequest;
import software.amazon.awssdk.services.lambda.model.ListEventSourceMappingsResponse;
import software.amazon.awssdk.services.redshift.model.Cluster;
import software.amazon.awssdk.services.redshift.model.DescribeClustersRequest;
import software.amazon.awssdk.services.redshift.model.DescribeClustersResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Queues, tables, functions and warehouses are described by their own services. */
@SuppressWarnings("unchecked") // the SDK takes consumers of builders as varargs
class ManagedDiscoveryTest {
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:resize";

    private final FakeAws aws = new FakeAws(new FakeTime());

    @BeforeEach
    void deploy() {
        aws.others.on(
                "getQueueUrl",
                GetQueueUrlRequest.class,
                request -> GetQueueUrlResponse.builder()
                        .queueUrl("https://sqs.us-east-1.amazonaws.com/123456789012/" + request.queueName())
                        .build());
        aws.others.on("getQueueAttributes", GetQueueAttributesRequest.class, request -> attributes(request.queueUrl()));
        aws.others.on(
                "describeTable",
                DescribeTableRequest.class,
                request -> DescribeTableResponse.builder()
                        .table(table -> table.tableName(request.tableName())
                                .tableStatus("ACTIVE")
                                .billingModeSummary(mode -> mode.billingMode("PAY_PER_REQUEST"))
                                .keySchema(key -> key.attributeName("pk").keyType("HASH")))
                        .build());
        aws.others.on(
                "getFunctionConfiguration",
                GetFunctionConfigurationRequest.class,
                request -> GetFunctionConfigurationResponse.builder()
                        .functionName(request.functionName())
                        .runtime("java17")
                        .memorySize(512)
                        .timeout(30)
                        .codeSha256("abc=")
                        .revisionId("r-1")
                        .environment(variables -> variables.variables(Map.of("DB_PASSWORD", "hunter2hunter2")))
                        .build());
        aws.others.on(
                "listEventSourceMappings",
                ListEventSourceMappingsRequest.class,
                request -> ListEventSourceMappingsResponse.builder()
                        .eventSourceMappings(source -> source.eventSourceArn("arn:aws:sqs:us-east-1:123456789012:jobs"))
                        .build());
        aws.others.on(
                "describeClusters",
                DescribeClustersRequest.class,
                request -> DescribeClustersResponse.builder()
                        .clusters(Cluster.builder()
                                .clusterIdentifier(request.clusterIdentifier())
                                .nodeType("ra3.large")
                                .numberOfNodes(2)
                                .clusterVersion("1.0")
                                .clusterRevisionNumber("77")
                                .build())
                        .build());
    }

    private static GetQueueAttributesResponse attributes(String url) {
        boolean photos = url.endsWith("/photos");
        return GetQueueAttributesResponse.builder()
                .attributes(
                        photos
                                ? Map.of(
                                        QueueAttributeName.VISIBILITY_TIMEOUT,
                                        "30",
                                        QueueAttributeName.REDRIVE_POLICY,
                                        "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:123456789012:rest\","
                                                + "\"maxReceiveCount\":\"3\"}")
                                : Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "60"))
                .build();
    }

    private static Landmarks named(Map<ResourceKind, List<String>> named, Optional<String> balancer) {
        return new Landmarks(balancer, Optional.empty(), Optional.empty(), new TreeMap<>(), named, Set.of());
    }

    private TopologyDiscovery.Seen look(Landmarks find) throws InterruptedException {
        return new TopologyDiscovery(aws.clients(), Descriptors.looking(find)).look();
    }

    private static Resource only(TopologyDiscovery.Seen seen, ResourceKind kind) {
        assertThat(seen.topology().of(kind)).as(kind.word()).hasSize(1);
        return seen.topology().of(kind).get(0);
    }

    @Test
    void eachIsDescribedByItsOwnService() throws InterruptedException {
        TopologyDiscovery.Seen seen = look(named(
                Map.of(
                        ResourceKind.QUEUE, List.of("photos", "rest"),
                        ResourceKind.TABLE, List.of("likes"),
                        ResourceKind.FUNCTION, List.of("resize"),
                        ResourceKind.WAREHOUSE, List.of("events")),
                Optional.empty()));
        assertThat(seen.topology().of(ResourceKind.QUEUE))
                .extracting(Resource::id)
                .containsExactly("jobs", "photos");
        assertThat(seen.topology().of(ResourceKind.QUEUE).get(1).facts())
                .containsEntry("visibility-timeout-seconds", "30")
                .containsEntry("dead-letters", "rest")
                .containsEntry("max-receives", "3");
        assertThat(only(seen, ResourceKind.DEAD_LETTER_QUEUE).id()).isEqualTo("rest");
        assertThat(only(seen, ResourceKind.TABLE).facts())
                .containsEntry("billing", "PAY_PER_REQUEST")
                .containsEntry("keys", "pk HASH");
        assertThat(only(seen, ResourceKind.FUNCTION).facts())
                .containsEntry("runtime", "java17")
                .containsEntry("memory-mb", "512")
                .containsEntry("code", "abc=");
        assertThat(only(seen, ResourceKind.WAREHOUSE).facts())
                .containsEntry("node-type", "ra3.large")
                .containsEntry("version", "1.0.77");
        assertThat(seen.warnings()).isEmpty();
        assertThat(seen.topology().toString()).doesNotContain("hunter2");
    }

    @Test
    void aFunctionBehindTheLoadBalancerLeadsToTheQueueThatCallsIt() throws InterruptedException {
        new FakeStack(aws);
        aws.targetGroups = request ->
                software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse.builder()
                        .targetGroups(TargetGroup.builder()
                                .targetGroupArn(FakeStack.ARN + "targetgroup/resize/1")
                                .targetGroupName("resize")
                                .targetType("lambda")
                                .build())
                        .build();
        aws.targetHealth = request -> DescribeTargetHealthResponse.builder()
                .targetHealthDescriptions(health -> health.target(target -> target.id(FUNCTION + ":live")))
                .build();
        TopologyDiscovery.Seen seen = look(named(Map.of(), Optional.of("shop-lb")));
        assertThat(only(seen, ResourceKind.FUNCTION).id()).isEqualTo("resize");
        assertThat(only(seen, ResourceKind.QUEUE).id()).isEqualTo("jobs");
    }

    @Test
    void oneThatIsRefusedOrGoneIsKeptByItsNameAndSaidSo() throws InterruptedException {
        aws.others.on("describeTable", DescribeTableRequest.class, request -> {
            throw AwsErrors.of(400, "AccessDeniedException", "no");
        });
        aws.others.on("describeClusters", DescribeClustersRequest.class, request -> {
            throw AwsErrors.of(404, "ClusterNotFound", "Cluster events not found.");
        });
        TopologyDiscovery.Seen seen = look(named(
                Map.of(ResourceKind.TABLE, List.of("likes"), ResourceKind.WAREHOUSE, List.of("events")),
                Optional.empty()));
        assertThat(only(seen, ResourceKind.TABLE).facts()).isEmpty();
        assertThat(seen.warnings())
                .containsExactly(
                        "facts of table likes are not seen: permission dynamodb:DescribeTable is missing (AccessDeniedException: no)",
                        "facts of warehouse events are not seen: there is none of that name: redshift:DescribeClusters failed"
                                + " (ClusterNotFound: Cluster events not found.)");
    }
}
