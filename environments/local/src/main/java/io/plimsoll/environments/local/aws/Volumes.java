package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.VolumeView;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;
import software.amazon.awssdk.services.ec2.model.VolumeState;

/** EC2: the volumes of instances that store something. */
final class Volumes {
    private static final int OF_A_PAGE = 500;

    private final Estate estate;

    Volumes(Estate estate) {
        this.estate = estate;
    }

    DescribeVolumesResponse describe(DescribeVolumesRequest request) {
        List<Volume> found = estate.all(VolumeView.class).stream()
                .map(Volumes::volume)
                .filter(volume -> request.filters().stream().allMatch(filter -> passes(volume, filter)))
                .toList();
        found = Filter.byNames(
                found,
                request.volumeIds(),
                Volume::volumeId,
                missing ->
                        AwsFault.badRequest("InvalidVolume.NotFound", "The volume '" + missing + "' does not exist."));
        Page<Volume> page = Page.of(found, request.nextToken(), request.maxResults(), OF_A_PAGE, "InvalidNextToken");
        return DescribeVolumesResponse.builder()
                .volumes(page.items())
                .nextToken(page.nextOrNull())
                .build();
    }

    private static boolean passes(Volume volume, software.amazon.awssdk.services.ec2.model.Filter filter) {
        return switch (String.valueOf(filter.name())) {
            case "volume-id" -> filter.values().contains(volume.volumeId());
            case "attachment.instance-id" ->
                volume.attachments().stream()
                        .anyMatch(attachment -> filter.values().contains(attachment.instanceId()));
            default ->
                throw AwsFault.badRequest("InvalidParameterValue", "The filter '" + filter.name() + "' is invalid");
        };
    }

    private static Volume volume(VolumeView view) {
        return Volume.builder()
                .volumeId(view.id())
                .availabilityZone(view.zone())
                .size(Math.toIntExact(-Math.floorDiv(-view.bytes(), 1L << 30)))
                .encrypted(false)
                .createTime(view.created())
                .state(VolumeState.IN_USE)
                .attachments(VolumeAttachment.builder()
                        .instanceId(view.instanceId())
                        .volumeId(view.id())
                        .device("/dev/xvda")
                        .state("attached")
                        .deleteOnTermination(true)
                        .build())
                .build();
    }
}
