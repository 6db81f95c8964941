package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.estate.AddressView;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.results.document.Document.Node;
import java.util.List;
import java.util.stream.Stream;

/**
 * An Elastic IP address of the one instance of a fleet: where the stack's clients find it. An instance keeps its port when
 * it reboots or is stopped and started.
 *
 * @param name name of the part
 * @param of name of the part that launches the instance
 */
record AddressSpec(String name, String of) implements PartSpec {
    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly("kind", "of");
        return new AddressSpec(name, node.required("of").text());
    }

    @Override
    public List<String> uses() {
        return List.of(of);
    }

    @Override
    public Part start(Site site) {
        InstanceView instance = site.part(of, FixedSizeSpec.Running.class)
                .fleet()
                .fleet()
                .instances()
                .get(0);
        AddressView address = new AddressView(
                "eipalloc-" + instance.id().substring(2), instance.address(), instance.port(), instance.id());
        site.announce("baseUrl", "http://" + address.address() + ":" + address.port());
        site.tell("address " + Common.resourceName(name) + ": port " + address.port());
        return new Running(address);
    }

    private record Running(AddressView address) implements Part {
        @Override
        public Stream<?> offers() {
            return Stream.of(address);
        }
    }
}
