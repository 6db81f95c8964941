package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.logs.LogGroup;
import io.plimsoll.environments.local.logs.LogLine;
import io.plimsoll.environments.local.logs.LogStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogStreamsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;

/** CloudWatch Logs. */
final class LogOperations {
    private static final int OF_A_PAGE = 50;
    private static final int EVENTS_OF_A_PAGE = 10_000;
    private static final String INVALID = "InvalidParameterException";
    private static final String FORWARD = "f/";
    private static final String BACKWARD = "b/";

    private final LogStore logs;
    private final Arns arns;

    LogOperations(LogStore logs, Arns arns) {
        this.logs = logs;
        this.arns = arns;
    }

    Service service() {
        return Service.json(
                "logs",
                "logs",
                "com.amazonaws.logs.v20140328",
                List.of(
                        Operation.of("DescribeLogGroups", DescribeLogGroupsRequest::builder, this::groups),
                        Operation.of("DescribeLogStreams", DescribeLogStreamsRequest::builder, this::streams),
                        Operation.of("FilterLogEvents", FilterLogEventsRequest::builder, this::filter),
                        Operation.of("GetLogEvents", GetLogEventsRequest::builder, this::get)));
    }

    private DescribeLogGroupsResponse groups(DescribeLogGroupsRequest request) {
        String prefix = request.logGroupNamePrefix() == null ? "" : request.logGroupNamePrefix();
        String pattern = request.logGroupNamePattern() == null ? "" : request.logGroupNamePattern();
        List<LogGroup> found = logs.groups().stream()
                .filter(group -> group.name().startsWith(prefix) && group.name().contains(pattern))
                .toList();
        Page<LogGroup> page = Page.of(found, request.nextToken(), request.limit(), OF_A_PAGE, INVALID);
        return DescribeLogGroupsResponse.builder()
                .logGroups(page.items().stream().map(this::group).toList())
                .nextToken(page.nextOrNull())
                .build();
    }

    private software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup group(LogGroup group) {
        return software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup.builder()
                .logGroupName(group.name())
                .arn(arns.logGroup(group.name()) + ":*")
                .logGroupArn(arns.logGroup(group.name()))
                .creationTime(group.created().toEpochMilli())
                .metricFilterCount(0)
                .storedBytes(0L)
                .build();
    }

    private DescribeLogStreamsResponse streams(DescribeLogStreamsRequest request) {
        LogGroup group = group(request.logGroupName(), request.logGroupIdentifier());
        String prefix = request.logStreamNamePrefix() == null ? "" : request.logStreamNamePrefix();
        List<LogStream> found = group.streams().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> stream(group, name))
                .toList();
        Page<LogStream> page = Page.of(found, request.nextToken(), request.limit(), OF_A_PAGE, INVALID);
        return DescribeLogStreamsResponse.builder()
                .logStreams(page.items())
                .nextToken(page.nextOrNull())
                .build();
    }

    private LogStream stream(LogGroup group, String name) {
        List<LogLine> lines = group.lines().stream()
                .filter(line -> line.stream().equals(name))
                .toList();
        LogLine last = lines.get(lines.size() - 1);
        return LogStream.builder()
                .logStreamName(name)
                .arn(arns.logGroup(group.name()) + ":log-stream:" + name)
                .creationTime(group.created().toEpochMilli())
                .firstEventTimestamp(lines.get(0).at().toEpochMilli())
                .lastEventTimestamp(last.at().toEpochMilli())
                .lastIngestionTime(last.taken().toEpochMilli())
                .build();
    }

    private LogGroup group(@Nullable String name, @Nullable String identifier) {
        String wanted = Optional.ofNullable(name)
                .or(() -> Optional.ofNullable(identifier).map(arn -> arn.substring(arn.lastIndexOf(':') + 1)))
                .orElseThrow(() -> AwsFault.badRequest(INVALID, "logGroupName must be specified"));
        return logs.group(wanted)
                .orElseThrow(() ->
                        AwsFault.badRequest("ResourceNotFoundException", "The specified log group does not exist."));
    }

    private static boolean isWithin(LogLine line, @Nullable Long from, @Nullable Long until) {
        long at = line.at().toEpochMilli();
        return (from == null || at >= from) && (until == null || at < until);
    }

    private FilterLogEventsResponse filter(FilterLogEventsRequest request) {
        LogGroup group = group(request.logGroupName(), request.logGroupIdentifier());
        LogPattern pattern = LogPattern.parse(request.filterPattern() == null ? "" : request.filterPattern());
        long after = request.nextToken() == null ? 0 : number("n/", request.nextToken());
        List<LogLine> found = group.lines().stream()
                .filter(line -> line.number() > after)
                .filter(line -> request.logStreamNames().isEmpty()
                        || request.logStreamNames().contains(line.stream()))
                .filter(line -> request.logStreamNamePrefix() == null
                        || line.stream().startsWith(request.logStreamNamePrefix()))
                .filter(line -> isWithin(line, request.startTime(), request.endTime()))
                .filter(line -> pattern.matches(line.message()))
                .toList();
        List<LogLine> page = found.subList(0, Math.min(found.size(), limit(request.limit())));
        String next =
                page.size() < found.size() ? "n/" + page.get(page.size() - 1).number() : null;
        return FilterLogEventsResponse.builder()
                .events(page.stream()
                        .map(line -> FilteredLogEvent.builder()
                                .eventId(Long.toString(line.number()))
                                .logStreamName(line.stream())
                                .timestamp(line.at().toEpochMilli())
                                .ingestionTime(line.taken().toEpochMilli())
                                .message(line.message())
                                .build())
                        .toList())
                .searchedLogStreams(List.of())
                .nextToken(next)
                .build();
    }

    private static int limit(@Nullable Integer asked) {
        int limit = asked == null ? EVENTS_OF_A_PAGE : asked;
        if (limit < 1 || limit > EVENTS_OF_A_PAGE) {
            throw AwsFault.badRequest(INVALID, "limit must be between 1 and " + EVENTS_OF_A_PAGE + ", was " + limit);
        }
        return limit;
    }

    private static long number(String prefix, String token) {
        try {
            if (token.startsWith(prefix)) {
                return Long.parseLong(token.substring(prefix.length()));
            }
        } catch (NumberFormatException e) {
            throw AwsFault.badRequest(INVALID, "The specified nextToken is invalid.");
        }
        throw AwsFault.badRequest(INVALID, "The specified nextToken is invalid.");
    }

    /** Both directions have a token on every page; at the end of a stream it is the one that was given. */
    private GetLogEventsResponse get(GetLogEventsRequest request) {
        LogGroup group = group(request.logGroupName(), request.logGroupIdentifier());
        String stream = Optional.ofNullable(request.logStreamName())
                .orElseThrow(() -> AwsFault.badRequest(INVALID, "logStreamName must be specified"));
        if (!group.streams().contains(stream)) {
            throw AwsFault.badRequest("ResourceNotFoundException", "The specified log stream does not exist.");
        }
        List<LogLine> lines = new ArrayList<>(group.lines().stream()
                .filter(line -> line.stream().equals(stream))
                .filter(line -> isWithin(line, request.startTime(), request.endTime()))
                .sorted(Comparator.comparing(LogLine::at).thenComparing(LogLine::number))
                .toList());
        String token = request.nextToken();
        boolean backward = token == null ? !Boolean.TRUE.equals(request.startFromHead()) : token.startsWith(BACKWARD);
        if (token != null) {
            long number = number(backward ? BACKWARD : FORWARD, token);
            lines.removeIf(line -> backward ? line.number() >= number : line.number() <= number);
        }
        int size = Math.min(lines.size(), limit(request.limit()));
        List<LogLine> page = backward ? lines.subList(lines.size() - size, lines.size()) : lines.subList(0, size);
        return GetLogEventsResponse.builder()
                .events(page.stream().map(LogOperations::event).toList())
                .nextForwardToken(page.isEmpty() && token != null ? token : FORWARD + edge(page, page.size() - 1))
                .nextBackwardToken(page.isEmpty() && token != null ? token : BACKWARD + edge(page, 0))
                .build();
    }

    private static long edge(List<LogLine> page, int index) {
        return page.isEmpty() ? 0 : page.get(index).number();
    }

    private static OutputLogEvent event(LogLine line) {
        return OutputLogEvent.builder()
                .timestamp(line.at().toEpochMilli())
                .ingestionTime(line.taken().toEpochMilli())
                .message(line.message())
                .build();
    }
}
