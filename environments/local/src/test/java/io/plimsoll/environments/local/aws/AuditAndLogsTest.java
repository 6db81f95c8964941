package io.plimsoll.environments.local.aws;

import static io.plimsoll.environments.local.aws.EndpointFixture.GROUP;
import static io.plimsoll.environments.local.aws.EndpointFixture.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.environments.local.estate.Fleet;
import io.plimsoll.environments.local.logs.LogStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.InvalidLookupAttributesException;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;

@SuppressWarnings("unchecked") // the SDK's builders take several consumers of generic types
class AuditAndLogsTest {
    private final EndpointFixture fixture = new EndpointFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whatChangedTheStackIsAnEventWithUserTimeAndResources() throws Exception {
        fixture.scaledOut();
        try (AutoScalingClient scaling = fixture.client(AutoScalingClient.builder());
                CloudTrailClient trail = fixture.client(CloudTrailClient.builder())) {
            scaling.describeAutoScalingGroups();
            scaling.setDesiredCapacity(r -> r.autoScalingGroupName(GROUP).desiredCapacity(3));
            fixture.clock.advance(Duration.ofSeconds(1));
            assertThatThrownBy(() -> scaling.setDesiredCapacity(
                            r -> r.autoScalingGroupName(GROUP).desiredCapacity(9)))
                    .isNotNull();
            fixture.audit.record("disturb.plimsoll.local", "terminate-instance", Map.of("id", "i-1"));

            List<Event> events = trail.lookupEventsPaginator(r -> r.maxResults(1)).events().stream()
                    .toList();

            assertThat(events)
                    .extracting(Event::eventName)
                    .containsExactly("terminate-instance", "SetDesiredCapacity", "SetDesiredCapacity");
            assertThat(events.get(2).eventTime()).isEqualTo(T0.plusSeconds(3600));
            assertThat(events.get(2).username()).isEqualTo("plimsoll");
            assertThat(events.get(2).eventSource()).isEqualTo("autoscaling.amazonaws.com");
            assertThat(events.get(2).resources().get(0).resourceName()).isEqualTo(GROUP);
            JsonNode refused = new ObjectMapper().readTree(events.get(1).cloudTrailEvent());
            assertThat(refused.path("errorCode").asText()).isEqualTo("ValidationError");
            assertThat(refused.path("requestParameters").path("desiredCapacity").asText())
                    .isEqualTo("9");
            assertThat(trail.lookupEvents(r -> r.lookupAttributes(LookupAttribute.builder()
                                    .attributeKey(LookupAttributeKey.EVENT_NAME)
                                    .attributeValue("terminate-instance")
                                    .build()))
                            .events())
                    .hasSize(1);
            assertThat(trail.lookupEvents(r -> r.endTime(T0)).events()).isEmpty();
            LookupAttribute one = LookupAttribute.builder()
                    .attributeKey(LookupAttributeKey.EVENT_NAME)
                    .attributeValue("x")
                    .build();
            assertThatThrownBy(() -> trail.lookupEvents(r -> r.lookupAttributes(one, one)))
                    .isInstanceOf(InvalidLookupAttributesException.class)
                    .hasMessageContaining("You can specify only one lookup attribute");
        }
    }

    @Test
    void linesAreFilteredByTermsTimeAndStream() {
        for (int i = 0; i < 5; i++) {
            fixture.logs.append("/plimsoll/app", "i-1", T0.plusSeconds(i), "WARN slow request " + i);
        }
        fixture.logs.append("/plimsoll/app", "i-2", T0.plusSeconds(9), "ERROR database lost");
        fixture.logs.append(LogStore.ACCESS, "plimsoll-lb", T0, "GET /items/1 200");
        try (CloudWatchLogsClient logs = fixture.client(CloudWatchLogsClient.builder())) {
            assertThat(logs.describeLogGroups(r -> r.logGroupNamePrefix("/plimsoll"))
                            .logGroups())
                    .extracting(group -> group.logGroupName())
                    .containsExactly("/plimsoll/access", "/plimsoll/app");
            assertThat(logs.filterLogEventsPaginator(r -> r.logGroupName("/plimsoll/app")
                                    .filterPattern("WARN \"slow request\" -4")
                                    .limit(2))
                            .events())
                    .extracting(FilteredLogEvent::message)
                    .containsExactly(
                            "WARN slow request 0", "WARN slow request 1", "WARN slow request 2", "WARN slow request 3");
            assertThat(logs.filterLogEvents(r -> r.logGroupName("/plimsoll/app")
                                    .filterPattern("?ERROR ?4")
                                    .startTime(T0.toEpochMilli())
                                    .endTime(T0.plusSeconds(9).toEpochMilli()))
                            .events())
                    .extracting(FilteredLogEvent::message)
                    .containsExactly("WARN slow request 4");
            assertThat(logs.describeLogStreams(r -> r.logGroupName("/plimsoll/app"))
                            .logStreams())
                    .extracting(stream -> stream.logStreamName())
                    .containsExactly("i-1", "i-2");
            assertThatThrownBy(() -> logs.filterLogEvents(r -> r.logGroupName("other")))
                    .isInstanceOf(ResourceNotFoundException.class)
                    .hasMessageContaining("The specified log group does not exist.");
            assertThatThrownBy(() -> logs.filterLogEvents(
                            r -> r.logGroupName("/plimsoll/app").filterPattern("{ $.a = 1 }")))
                    .hasMessageContaining("only patterns of terms are offered here");
        }
    }

    @Test
    void aStreamIsReadFromItsHeadToItsEnd() {
        for (int i = 0; i < 5; i++) {
            fixture.logs.append("/plimsoll/app", "i-1", T0.plusSeconds(i), "line " + i);
        }
        try (CloudWatchLogsClient logs = fixture.client(CloudWatchLogsClient.builder())) {
            assertThat(logs.getLogEventsPaginator(r -> r.logGroupName("/plimsoll/app")
                                    .logStreamName("i-1")
                                    .startFromHead(true)
                                    .limit(2))
                            .events())
                    .extracting(OutputLogEvent::message)
                    .containsExactly("line 0", "line 1", "line 2", "line 3", "line 4");
            assertThat(logs.getLogEvents(r -> r.logGroupName("/plimsoll/app")
                                    .logStreamName("i-1")
                                    .limit(2))
                            .events())
                    .extracting(OutputLogEvent::message)
                    .containsExactly("line 3", "line 4");
        }
    }

    @Test
    void oldLinesAreForgotten() {
        for (int i = 0; i < LogStore.KEPT + 3; i++) {
            fixture.logs.append("/plimsoll/app", "i-1", T0, i);
        }

        assertThat(fixture.logs.group("/plimsoll/app").orElseThrow().lines())
                .hasSize(LogStore.KEPT)
                .first()
                .satisfies(line -> assertThat(line.message()).isEqualTo("3"));
    }

    @Test
    void ofTheAccessLogsFewerAreKept() {
        for (int i = 0; i < LogStore.KEPT_ACCESSES + 1; i++) {
            fixture.logs.append(LogStore.ACCESS, "plimsoll-lb", T0, i);
        }

        assertThat(fixture.logs.group(LogStore.ACCESS).orElseThrow().lines())
                .hasSize(LogStore.KEPT_ACCESSES)
                .first()
                .satisfies(line -> assertThat(line.message()).isEqualTo("1"));
    }

    @Test
    void resourcesAreFoundByTheirTags() throws Fleet.LaunchException {
        fixture.scaledOut();
        try (ResourceGroupsTaggingApiClient tagging = fixture.client(ResourceGroupsTaggingApiClient.builder())) {
            assertThat(tagging.getResourcesPaginator(r -> r.resourcesPerPage(1)
                                    .tagFilters(f -> f.key("tier").values("app")))
                            .resourceTagMappingList())
                    .extracting(mapping -> mapping.resourceARN().split(":", 4)[2])
                    .contains("elasticloadbalancing", "autoscaling", "ec2")
                    .doesNotContain("rds");
            assertThat(tagging.getResources(r -> r.resourceTypeFilters("rds:db"))
                            .resourceTagMappingList())
                    .hasSize(3);
            assertThat(tagging.getResources(r -> r.tagFilters(f -> f.key("tier").values("none")))
                            .resourceTagMappingList())
                    .isEmpty();
        }
    }
}
