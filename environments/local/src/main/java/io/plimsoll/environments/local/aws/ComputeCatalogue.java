package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.scaling.AutoScaling;
import io.plimsoll.environments.local.scaling.GroupStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplatesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.SummaryStatus;
import software.amazon.awssdk.services.ec2.model.TagDescription;

/** EC2: what instances stand on (zones, images, launch templates), their status and their tags. */
final class ComputeCatalogue {
    private static final int OF_A_PAGE = 1000;
    private static final String BAD_TOKEN = "InvalidNextToken";
    private static final String PROGRAM = "plimsoll-service";

    private final Estate estate;
    private final AutoScaling scaling;
    private final String region;

    ComputeCatalogue(Estate estate, AutoScaling scaling, String region) {
        this.estate = estate;
        this.scaling = scaling;
        this.region = region;
    }

    List<Operation> operations() {
        return List.of(
                Operation.of("DescribeAvailabilityZones", DescribeAvailabilityZonesRequest::builder, this::zones),
                Operation.of("DescribeImages", DescribeImagesRequest::builder, ComputeCatalogue::images),
                Operation.of("DescribeLaunchTemplates", DescribeLaunchTemplatesRequest::builder, this::templates),
                Operation.of(
                        "DescribeLaunchTemplateVersions",
                        DescribeLaunchTemplateVersionsRequest::builder,
                        this::versions),
                Operation.of("DescribeInstanceStatus", DescribeInstanceStatusRequest::builder, this::status),
                Operation.of(
                        "DescribeNatGateways",
                        DescribeNatGatewaysRequest::builder,
                        request -> DescribeNatGatewaysResponse.builder()
                                .natGateways(List.of())
                                .build()),
                Operation.of("DescribeTags", DescribeTagsRequest::builder, this::tags));
    }

    private DescribeAvailabilityZonesResponse zones(DescribeAvailabilityZonesRequest request) {
        List<String> names = new ArrayList<>();
        estate.balancers().forEach(balancer -> names.addAll(balancer.zones()));
        scaling.groups().forEach(group -> names.addAll(group.spec().zones()));
        estate.instances().forEach(instance -> names.add(instance.zone()));
        return DescribeAvailabilityZonesResponse.builder()
                .availabilityZones(names.stream()
                        .distinct()
                        .sorted()
                        .filter(name -> request.zoneNames().isEmpty()
                                || request.zoneNames().contains(name))
                        .map(name -> AvailabilityZone.builder()
                                .zoneName(name)
                                .regionName(region)
                                .zoneType("availability-zone")
                                .state("available")
                                .build())
                        .toList())
                .build();
    }

    private static DescribeImagesResponse images(DescribeImagesRequest request) {
        for (String id : request.imageIds()) {
            if (!id.equals(LaunchTemplates.image())) {
                throw AwsFault.badRequest("InvalidAMIID.NotFound", "The image id '[" + id + "]' does not exist");
            }
        }
        return DescribeImagesResponse.builder()
                .images(Image.builder()
                        .imageId(LaunchTemplates.image())
                        .name(PROGRAM)
                        .ownerId(Caller.ACCOUNT)
                        .state("available")
                        .publicLaunchPermissions(false)
                        .build())
                .build();
    }

    private DescribeLaunchTemplatesResponse templates(DescribeLaunchTemplatesRequest request) {
        List<LaunchTemplate> found = scaling.groups().stream()
                .filter(group -> (request.launchTemplateNames().isEmpty()
                                || request.launchTemplateNames().contains(group.name()))
                        && (request.launchTemplateIds().isEmpty()
                                || request.launchTemplateIds().contains(LaunchTemplates.id(group.name()))))
                .map(group -> LaunchTemplate.builder()
                        .launchTemplateId(LaunchTemplates.id(group.name()))
                        .launchTemplateName(group.name())
                        .createTime(group.created())
                        .defaultVersionNumber(1L)
                        .latestVersionNumber(1L)
                        .build())
                .toList();
        Page<LaunchTemplate> page = Page.of(found, request.nextToken(), request.maxResults(), OF_A_PAGE, BAD_TOKEN);
        return DescribeLaunchTemplatesResponse.builder()
                .launchTemplates(page.items())
                .nextToken(page.nextOrNull())
                .build();
    }

    private DescribeLaunchTemplateVersionsResponse versions(DescribeLaunchTemplateVersionsRequest request) {
        GroupStatus group = scaling.groups().stream()
                .filter(each -> each.name().equals(request.launchTemplateName())
                        || LaunchTemplates.id(each.name()).equals(request.launchTemplateId()))
                .findFirst()
                .orElseThrow(() -> AwsFault.badRequest(
                        "InvalidLaunchTemplateId.NotFound",
                        "The specified launch template, with template ID "
                                + Optional.ofNullable(request.launchTemplateId())
                                        .orElse(request.launchTemplateName())
                                + ", does not exist."));
        return DescribeLaunchTemplateVersionsResponse.builder()
                .launchTemplateVersions(LaunchTemplateVersion.builder()
                        .launchTemplateId(LaunchTemplates.id(group.name()))
                        .launchTemplateName(group.name())
                        .versionNumber(1L)
                        .defaultVersion(true)
                        .createTime(group.created())
                        .launchTemplateData(data -> data.imageId(LaunchTemplates.image())
                                .instanceType(group.spec().instanceType())
                                .monitoring(monitoring -> monitoring.enabled(true)))
                        .build())
                .build();
    }

    /** Status checks see that a process runs; whether its service answers is the target group's to know. */
    private DescribeInstanceStatusResponse status(DescribeInstanceStatusRequest request) {
        boolean all = Boolean.TRUE.equals(request.includeAllInstances());
        List<InstanceStatus> found = io.plimsoll.environments.local.aws.Filter.byNames(
                        estate.instances(),
                        request.instanceIds(),
                        InstanceView::id,
                        missing -> AwsFault.badRequest(
                                "InvalidInstanceID.NotFound", "The instance ID '" + missing + "' does not exist"))
                .stream()
                .filter(instance -> all || instance.state() == InstanceView.State.RUNNING)
                .map(ComputeCatalogue::status)
                .toList();
        Page<InstanceStatus> page = Page.of(found, request.nextToken(), request.maxResults(), OF_A_PAGE, BAD_TOKEN);
        return DescribeInstanceStatusResponse.builder()
                .instanceStatuses(page.items())
                .nextToken(page.nextOrNull())
                .build();
    }

    private static InstanceStatus status(InstanceView instance) {
        boolean running = instance.state() == InstanceView.State.RUNNING;
        SummaryStatus summary = running ? SummaryStatus.OK : SummaryStatus.NOT_APPLICABLE;
        return InstanceStatus.builder()
                .instanceId(instance.id())
                .availabilityZone(instance.zone())
                .instanceState(state -> state.name(InstanceStateName.fromValue(
                        instance.state().name().toLowerCase(Locale.ROOT).replace('_', '-'))))
                .instanceStatus(status -> status.status(summary))
                .systemStatus(status -> status.status(summary))
                .build();
    }

    private DescribeTagsResponse tags(DescribeTagsRequest request) {
        List<TagDescription> all = new ArrayList<>();
        for (InstanceView instance : estate.instances()) {
            if (instance.state() != InstanceView.State.TERMINATED) {
                Tags.ofInstance(instance).forEach((key, value) -> all.add(tag(instance.id(), key, value)));
            }
        }
        for (Filter filter : request.filters()) {
            all.removeIf(tag -> !filter.values().contains(member(tag, filter.name())));
        }
        Page<TagDescription> page = Page.of(all, request.nextToken(), request.maxResults(), OF_A_PAGE, BAD_TOKEN);
        return DescribeTagsResponse.builder()
                .tags(page.items())
                .nextToken(page.nextOrNull())
                .build();
    }

    private static TagDescription tag(String id, String key, String value) {
        return TagDescription.builder()
                .resourceId(id)
                .resourceType("instance")
                .key(key)
                .value(value)
                .build();
    }

    private static @Nullable String member(TagDescription tag, String filter) {
        Map<String, String> members = Map.of(
                "resource-id", tag.resourceId(),
                "resource-type", tag.resourceTypeAsString(),
                "key", tag.key(),
                "value", tag.value());
        if (filter != null && filter.startsWith("tag:")) {
            return tag.key().equals(filter.substring(4)) ? tag.value() : null;
        }
        if (filter == null || !members.containsKey(filter)) {
            throw AwsFault.badRequest("InvalidParameterValue", "The filter '" + filter + "' is invalid");
        }
        return members.get(filter);
    }
}
