package io.plimsoll.environments.local.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.Tag;

/** The Resource Groups Tagging API: resources of all services by their tags. */
final class TaggingOperations {
    private static final int OF_A_PAGE = 100;

    private final Supplier<Map<String, Map<String, String>>> tagsByArn;

    /**
     * Tells what is tagged.
     *
     * @param tagsByArn tags of every resource there is now, by its ARN
     */
    TaggingOperations(Supplier<Map<String, Map<String, String>>> tagsByArn) {
        this.tagsByArn = tagsByArn;
    }

    Service service() {
        return Service.json(
                "tagging",
                "tag",
                "com.amazonaws.resourcegroupstaggingapi.v20170126",
                List.of(Operation.of("GetResources", GetResourcesRequest::builder, this::resources)));
    }

    private GetResourcesResponse resources(GetResourcesRequest request) {
        Map<String, Map<String, String>> found = new LinkedHashMap<>(tagsByArn.get());
        found.keySet()
                .removeIf(arn -> !request.resourceTypeFilters().isEmpty()
                        && request.resourceTypeFilters().stream().noneMatch(type -> isOf(arn, type)));
        found.keySet()
                .removeIf(arn -> !request.resourceARNList().isEmpty()
                        && !request.resourceARNList().contains(arn));
        found.values()
                .removeIf(tags -> !request.tagFilters().stream()
                        .allMatch(filter -> tags.containsKey(filter.key())
                                && (filter.values().isEmpty() || filter.values().contains(tags.get(filter.key())))));
        List<ResourceTagMapping> all = found.entrySet().stream()
                .map(entry -> ResourceTagMapping.builder()
                        .resourceARN(entry.getKey())
                        .tags(entry.getValue().entrySet().stream()
                                .map(tag -> Tag.builder()
                                        .key(tag.getKey())
                                        .value(tag.getValue())
                                        .build())
                                .toList())
                        .build())
                .toList();
        String token =
                request.paginationToken() == null || request.paginationToken().isEmpty()
                        ? null
                        : request.paginationToken();
        Page<ResourceTagMapping> page =
                Page.of(all, token, request.resourcesPerPage(), OF_A_PAGE, "PaginationTokenExpiredException");
        return GetResourcesResponse.builder()
                .resourceTagMappingList(page.items())
                .paginationToken(page.next().orElse(""))
                .build();
    }

    /** A type is a service, or a service and a resource type, such as {@code ec2:instance}. */
    private static boolean isOf(String arn, String type) {
        String[] parts = arn.split(":", 6);
        String[] wanted = type.split(":", 2);
        String resource = parts[5].split("[:/]", 2)[0];
        return parts[2].equals(wanted[0]) && (wanted.length == 1 || resource.equals(wanted[1]));
    }
}
