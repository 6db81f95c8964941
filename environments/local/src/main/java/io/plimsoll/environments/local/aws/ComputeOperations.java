package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.scaling.AutoScaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.InstanceState;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.MonitoringState;
import software.amazon.awssdk.services.ec2.model.RebootInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;

/** EC2: the instances. */
final class ComputeOperations {
    private static final int OF_A_PAGE = 1000;
    private static final String GROUP_TAG = "aws:autoscaling:groupName";

    private final Estate estate;
    private final AutoScaling scaling;
    private final InstanceLifecycle lifecycle;
    private final AddressOperations addresses;
    private final ComputeCatalogue catalogue;

    ComputeOperations(Estate estate, AutoScaling scaling, String region) {
        this.estate = estate;
        this.scaling = scaling;
        this.lifecycle = new InstanceLifecycle(estate);
        this.addresses = new AddressOperations(estate);
        this.catalogue = new ComputeCatalogue(estate, scaling, region);
    }

    Service service() {
        List<Operation> operations = new ArrayList<>(List.of(
                Operation.of("DescribeInstances", DescribeInstancesRequest::builder, this::instances),
                Operation.of(
                        "DescribeSecurityGroups",
                        DescribeSecurityGroupsRequest::builder,
                        new SecurityGroups(estate)::describe),
                Operation.of("DescribeAddresses", DescribeAddressesRequest::builder, addresses::describe),
                Operation.of("TerminateInstances", TerminateInstancesRequest::builder, lifecycle::terminate),
                Operation.of("RebootInstances", RebootInstancesRequest::builder, lifecycle::reboot),
                Operation.of("ModifyInstanceAttribute", ModifyInstanceAttributeRequest::builder, lifecycle::modify),
                Operation.of("DescribeVolumes", DescribeVolumesRequest::builder, new Volumes(estate)::describe),
                Operation.of("StopInstances", StopInstancesRequest::builder, lifecycle::stop),
                Operation.of("StartInstances", StartInstancesRequest::builder, lifecycle::start)));
        operations.addAll(catalogue.operations());
        return new Service("ec2", "ec2", "http://ec2.amazonaws.com/doc/2016-11-15/", operations);
    }

    private DescribeInstancesResponse instances(DescribeInstancesRequest request) {
        List<InstanceView> found = Filter.byNames(
                estate.instances(),
                request.instanceIds(),
                InstanceView::id,
                missing -> AwsFault.badRequest(
                        "InvalidInstanceID.NotFound", "The instance ID '" + missing + "' does not exist"));
        List<Instance> instances =
                new ArrayList<>(found.stream().map(this::instance).toList());
        for (software.amazon.awssdk.services.ec2.model.Filter filter : request.filters()) {
            instances.removeIf(instance -> !matches(instance, filter));
        }
        Page<Instance> page =
                Page.of(instances, request.nextToken(), request.maxResults(), OF_A_PAGE, "InvalidNextToken");
        return DescribeInstancesResponse.builder()
                .reservations(page.items().stream()
                        .map(ComputeOperations::reservation)
                        .toList())
                .nextToken(page.nextOrNull())
                .build();
    }

    private static Reservation reservation(Instance instance) {
        return Reservation.builder()
                .reservationId("r-" + instance.instanceId().substring(2))
                .ownerId(Caller.ACCOUNT)
                .instances(instance)
                .build();
    }

    private Instance instance(InstanceView view) {
        Instance.Builder instance = Instance.builder()
                .instanceId(view.id())
                .instanceType(view.type())
                .launchTime(view.launched())
                .placement(placement -> placement.availabilityZone(view.zone()))
                .monitoring(monitoring -> monitoring.state(MonitoringState.ENABLED))
                .vpcId(Arns.VPC)
                .state(state(view.state()));
        List<Tag> tags = new ArrayList<>();
        Tags.ofInstance(view).forEach((key, value) -> tags.add(tag(key, value)));
        group(view.id()).ifPresent(group -> tags.add(tag(GROUP_TAG, group)));
        instance.tags(tags);
        addresses.of(view.id()).ifPresent(address -> instance.publicIpAddress(address.address()));
        instance.securityGroups(SecurityGroups.identifier(view.tier()))
                .blockDeviceMappings(InstanceBlockDeviceMapping.builder()
                        .deviceName("/dev/xvda")
                        .ebs(volume -> volume.volumeId(view.volumeId()).deleteOnTermination(true))
                        .build());
        if (view.state() != InstanceView.State.TERMINATED) {
            instance.privateIpAddress(view.address()).privateDnsName(view.address());
        }
        view.terminated().ifPresent(at -> instance.stateTransitionReason("terminated at " + at));
        return instance.build();
    }

    private Optional<String> group(String instanceId) {
        return scaling.groups().stream()
                .filter(group ->
                        group.instances().stream().anyMatch(each -> each.id().equals(instanceId)))
                .map(group -> group.spec().name())
                .findFirst();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    static InstanceState state(InstanceView.State state) {
        int code = switch (state) {
            case PENDING -> 0;
            case RUNNING -> 16;
            case SHUTTING_DOWN -> 32;
            case TERMINATED -> 48;
            case STOPPING -> 64;
            case STOPPED -> 80;
        };
        return InstanceState.builder()
                .code(code)
                .name(state.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .build();
    }

    private static boolean matches(Instance instance, software.amazon.awssdk.services.ec2.model.Filter filter) {
        String name = String.valueOf(filter.name());
        return switch (name) {
            case "instance-id" -> filter.values().contains(instance.instanceId());
            case "instance-type" -> filter.values().contains(instance.instanceTypeAsString());
            case "instance-state-name" ->
                filter.values().contains(instance.state().nameAsString());
            case "availability-zone" ->
                filter.values().contains(instance.placement().availabilityZone());
            default -> {
                if (name.startsWith("tag:")) {
                    yield instance.tags().stream()
                            .filter(tag -> tag.key().equals(name.substring("tag:".length())))
                            .anyMatch(tag -> filter.values().contains(tag.value()));
                }
                throw AwsFault.badRequest("InvalidParameterValue", "The filter '" + name + "' is not offered here");
            }
        };
    }
}
