package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/** Finds the parts of a stack by tags that they all bear; a CloudFormation stack is such a tag. */
record TaggedDiscovery(ResourceGroupsTaggingApiClient client, AwsCalls calls) {
    /** How the ARN of each kind ends, and with that its id. Those that are described further are not among them. */
    private static final Map<ResourceKind, Pattern> SIMPLE = Map.of(
            ResourceKind.BUCKET, Pattern.compile("arn:[^:]+:s3:::([^/]+)"),
            ResourceKind.QUEUE, Pattern.compile("arn:[^:]+:sqs:[^:]+:\\d+:(.+)"),
            ResourceKind.TABLE, Pattern.compile("arn:[^:]+:dynamodb:[^:]+:\\d+:table/([^/]+)"),
            ResourceKind.FUNCTION, Pattern.compile("arn:[^:]+:lambda:[^:]+:\\d+:function:([^:]+)"),
            ResourceKind.WAREHOUSE, Pattern.compile("arn:[^:]+:redshift:[^:]+:\\d+:cluster:(.+)"),
            ResourceKind.LOG_GROUP, Pattern.compile("arn:[^:]+:logs:[^:]+:\\d+:log-group:([^:]+)(?::\\*)?"),
            ResourceKind.DISTRIBUTION, Pattern.compile("arn:[^:]+:cloudfront::\\d+:distribution/(.+)"),
            ResourceKind.HEALTH_CHECK, Pattern.compile("arn:[^:]+:route53:::healthcheck/(.+)"));

    private static final Pattern BALANCER =
            Pattern.compile("arn:[^:]+:elasticloadbalancing:[^:]+:\\d+:loadbalancer/(?:app|net)/.+");
    private static final Pattern INSTANCE = Pattern.compile("arn:[^:]+:ec2:[^:]+:\\d+:instance/(.+)");
    private static final Pattern SCALING_GROUP =
            Pattern.compile("arn:[^:]+:autoscaling:[^:]+:\\d+:autoScalingGroup:[^:]+:autoScalingGroupName/(.+)");
    private static final Pattern DATABASE = Pattern.compile("arn:[^:]+:rds:[^:]+:\\d+:db:(.+)");
    private static final Pattern CACHE = Pattern.compile("arn:[^:]+:elasticache:[^:]+:\\d+:cluster:(.+)");

    /** ARNs of everything that bears all of these tags; nothing is asked if there are none. */
    List<String> arns(SortedMap<String, String> tags) throws InterruptedException {
        if (tags.isEmpty()) {
            return List.of();
        }
        List<TagFilter> filters = new ArrayList<>();
        tags.forEach((key, value) ->
                filters.add(TagFilter.builder().key(key).values(value).build()));
        List<GetResourcesResponse> pages = calls.pages(
                "tag:GetResources",
                token -> client.getResources(
                        request -> request.tagFilters(filters).paginationToken(token)),
                GetResourcesResponse::paginationToken);
        return pages.stream()
                .flatMap(page -> page.resourceTagMappingList().stream())
                .map(mapping -> mapping.resourceARN())
                .sorted()
                .toList();
    }

    static List<String> balancers(List<String> arns) {
        return arns.stream().filter(arn -> BALANCER.matcher(arn).matches()).toList();
    }

    static List<String> instances(List<String> arns) {
        return ids(INSTANCE, arns);
    }

    static List<String> scalingGroups(List<String> arns) {
        return ids(SCALING_GROUP, arns);
    }

    static List<String> databases(List<String> arns) {
        return ids(DATABASE, arns);
    }

    static List<String> caches(List<String> arns) {
        return ids(CACHE, arns);
    }

    static List<String> ids(ResourceKind kind, List<String> arns) {
        return Optional.ofNullable(SIMPLE.get(kind))
                .map(pattern -> ids(pattern, arns))
                .orElse(List.of());
    }

    private static List<String> ids(Pattern pattern, List<String> arns) {
        return arns.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .toList();
    }

    /** A part of which nothing but its name is asked. */
    static Resource simple(ResourceKind kind, String id) {
        return new Facts().of(kind, id);
    }
}
