package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.AddressView;
import io.plimsoll.environments.local.estate.Estate;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DomainType;

/** EC2: Elastic IP addresses. */
final class AddressOperations {
    private final Estate estate;

    AddressOperations(Estate estate) {
        this.estate = estate;
    }

    /** The address of an instance, if it has one. */
    Optional<AddressView> of(String instanceId) {
        return estate.all(AddressView.class).stream()
                .filter(address -> address.instanceId().equals(instanceId))
                .findFirst();
    }

    DescribeAddressesResponse describe(DescribeAddressesRequest request) {
        if (request.hasFilters()) {
            throw AwsFault.badRequest("InvalidParameterValue", "Filters are not offered here");
        }
        List<AddressView> found = Filter.byNames(
                estate.all(AddressView.class).stream()
                        .filter(AddressView::elastic)
                        .toList(),
                request.allocationIds(),
                AddressView::allocationId,
                missing -> AwsFault.badRequest(
                        "InvalidAllocationID.NotFound", "The allocation ID '" + missing + "' does not exist"));
        return DescribeAddressesResponse.builder()
                .addresses(found.stream().map(AddressOperations::address).toList())
                .build();
    }

    private static Address address(AddressView view) {
        return Address.builder()
                .allocationId(view.allocationId())
                .associationId("eipassoc-" + view.allocationId().substring("eipalloc-".length()))
                .domain(DomainType.VPC)
                .publicIp(view.address())
                .privateIpAddress(view.address())
                .instanceId(view.instanceId())
                .build();
    }
}
