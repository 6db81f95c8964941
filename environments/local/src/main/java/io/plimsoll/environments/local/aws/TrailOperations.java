package io.plimsoll.environments.local.aws;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.environments.local.site.AuditTrail;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsRequest;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsResponse;
import software.amazon.awssdk.services.cloudtrail.model.Resource;

/**
 * CloudTrail: who did what to the stack. Calls that change nothing are not kept; a disturbance of the control channel is
 * an event like any other, of a source of its own.
 */
final class TrailOperations {
    private static final int OF_A_PAGE = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Types of resources by the parameters that name them. */
    private static final Map<String, String> RESOURCE_TYPES = Map.ofEntries(
            Map.entry("autoScalingGroupName", "AWS::AutoScaling::AutoScalingGroup"),
            Map.entry("policyName", "AWS::AutoScaling::ScalingPolicy"),
            Map.entry("instanceId", "AWS::EC2::Instance"),
            Map.entry("instanceIds", "AWS::EC2::Instance"),
            Map.entry("instance", "AWS::EC2::Instance"),
            Map.entry("id", "AWS::EC2::Instance"),
            Map.entry("alarmName", "AWS::CloudWatch::Alarm"),
            Map.entry("alarmNames", "AWS::CloudWatch::Alarm"),
            Map.entry("dBInstanceIdentifier", "AWS::RDS::DBInstance"),
            Map.entry("dbInstanceIdentifier", "AWS::RDS::DBInstance"),
            Map.entry("dBClusterIdentifier", "AWS::RDS::DBCluster"),
            Map.entry("cacheClusterId", "AWS::ElastiCache::CacheCluster"),
            Map.entry("distributionId", "AWS::CloudFront::Distribution"),
            Map.entry("bucket", "AWS::S3::Bucket"),
            Map.entry("queueUrl", "AWS::SQS::Queue"),
            Map.entry("tableName", "AWS::DynamoDB::Table"));

    private final AuditTrail audit;
    private final String region;

    TrailOperations(AuditTrail audit, String region) {
        this.audit = audit;
        this.region = region;
    }

    Service service() {
        return Service.json(
                "cloudtrail",
                "cloudtrail",
                "com.amazonaws.cloudtrail.v20131101",
                List.of(Operation.of("LookupEvents", LookupEventsRequest::builder, this::lookup)));
    }

    private LookupEventsResponse lookup(LookupEventsRequest request) {
        if (request.startTime() != null
                && request.endTime() != null
                && request.startTime().isAfter(request.endTime())) {
            throw AwsFault.badRequest("InvalidTimeRangeException", "The start time must not be after the end time");
        }
        if (request.lookupAttributes().size() > 1) {
            throw AwsFault.badRequest("InvalidLookupAttributesException", "You can specify only one lookup attribute");
        }
        if (request.maxResults() != null && (request.maxResults() < 1 || request.maxResults() > OF_A_PAGE)) {
            throw AwsFault.badRequest("InvalidMaxResultsException", "MaxResults must be between 1 and " + OF_A_PAGE);
        }
        List<Event> events = new ArrayList<>(audit.entries().stream()
                .filter(entry -> request.startTime() == null || !entry.at().isBefore(request.startTime()))
                .filter(entry -> request.endTime() == null || !entry.at().isAfter(request.endTime()))
                .map(this::event)
                .filter(event -> request.lookupAttributes().stream().allMatch(wanted -> matches(event, wanted)))
                .toList());
        Collections.reverse(events);
        Page<Event> page =
                Page.of(events, request.nextToken(), request.maxResults(), OF_A_PAGE, "InvalidNextTokenException");
        return LookupEventsResponse.builder()
                .events(page.items())
                .nextToken(page.nextOrNull())
                .build();
    }

    private static boolean matches(Event event, LookupAttribute wanted) {
        String value = String.valueOf(wanted.attributeValue());
        return switch (wanted.attributeKey()) {
            case EVENT_ID -> value.equals(event.eventId());
            case EVENT_NAME -> value.equals(event.eventName());
            case EVENT_SOURCE -> value.equals(event.eventSource());
            case READ_ONLY -> value.equals(event.readOnly());
            case USERNAME -> value.equals(event.username());
            case ACCESS_KEY_ID -> value.equals(event.accessKeyId());
            case RESOURCE_NAME -> event.resources().stream().anyMatch(each -> value.equals(each.resourceName()));
            case RESOURCE_TYPE -> event.resources().stream().anyMatch(each -> value.equals(each.resourceType()));
            default ->
                throw AwsFault.badRequest(
                        "InvalidLookupAttributesException",
                        "'" + wanted.attributeKeyAsString() + "' is not a valid attribute key");
        };
    }

    private Event event(AuditTrail.Entry entry) {
        return Event.builder()
                .eventId(entry.id())
                .eventName(entry.name())
                .eventSource(entry.source())
                .eventTime(entry.at())
                .username(entry.user())
                .readOnly("false")
                .resources(resources(entry))
                .cloudTrailEvent(document(entry))
                .build();
    }

    private static List<Resource> resources(AuditTrail.Entry entry) {
        List<Resource> resources = new ArrayList<>();
        entry.parameters()
                .forEach((name, value) -> Optional.ofNullable(RESOURCE_TYPES.get(name))
                        .ifPresent(type -> {
                            for (String each : value.split(",", -1)) {
                                resources.add(Resource.builder()
                                        .resourceType(type)
                                        .resourceName(each)
                                        .build());
                            }
                        }));
        return resources;
    }

    private String document(AuditTrail.Entry entry) {
        ObjectNode event = JSON.createObjectNode()
                .put("eventVersion", "1.09")
                .put("eventTime", entry.at().toString())
                .put("eventSource", entry.source())
                .put("eventName", entry.name())
                .put("awsRegion", region)
                .put("sourceIPAddress", "127.0.0.1")
                .put("eventID", entry.id())
                .put("readOnly", false)
                .put("eventType", "AwsApiCall")
                .put("managementEvent", true)
                .put("recipientAccountId", Caller.ACCOUNT);
        event.putObject("userIdentity")
                .put("type", "IAMUser")
                .put("accountId", Caller.ACCOUNT)
                .put("userName", entry.user());
        ObjectNode parameters = event.putObject("requestParameters");
        entry.parameters().forEach(parameters::put);
        entry.error().ifPresent(error -> {
            int colon = error.indexOf(": ");
            event.put("errorCode", colon < 0 ? error : error.substring(0, colon));
            event.put("errorMessage", colon < 0 ? error : error.substring(colon + 2));
        });
        return event.toString();
    }
}
