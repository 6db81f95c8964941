package io.plimsoll.environments.local.parts;

import io.plimsoll.environments.local.descriptor.Common;
import io.plimsoll.environments.local.estate.AddressView;
import io.plimsoll.environments.local.estate.DatabaseView;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.process.LoopbackPorts;
import io.plimsoll.environments.local.site.Part;
import io.plimsoll.environments.local.site.PartSpec;
import io.plimsoll.environments.local.site.Site;
import io.plimsoll.environments.local.tls.Certificates;
import io.plimsoll.results.document.Document.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An Elastic IP address of the one instance of a fleet: where the stack's clients find it. An instance keeps its port when
 * it reboots or is stopped and started.
 *
 * @param name name of the part
 * @param of name of the part that launches the instance
 * @param isStatic whether it stays; what a broken promise looks like if not
 */
record AddressSpec(String name, String of, boolean isStatic) implements PartSpec {
    static PartSpec read(String name, Node node, Common common) {
        node.allowOnly("kind", "of", "static");
        return new AddressSpec(
                name,
                node.required("of").text(),
                node.optional("static").map(Node::flag).orElse(true));
    }

    @Override
    public List<String> uses() {
        return List.of(of);
    }

    @Override
    public Part start(Site site) {
        RunningFleet running = site.part(of, FixedSizeSpec.Running.class).fleet();
        InstanceView instance = running.fleet().instances().get(0);
        AddressView address = new AddressView(
                "eipalloc-" + instance.id().substring(2), instance.address(), instance.port(), instance.id(), isStatic);
        if (!isStatic) {
            running.fleet().loseAddresses();
        }
        site.announce("baseUrl", "http://" + address.address() + ":" + address.port());
        Optional<Integer> tls = running.fleet().tlsPort(instance.id());
        tls.ifPresent(port -> {
            site.announce("httpsUrl", "https://" + address.address() + ":" + port);
            site.announce(
                    "certificate", Certificates.of(site.userCache()).authority().toString());
        });
        announcePorts(site, running, Stream.concat(Stream.of(address.port()), tls.stream()));
        site.tell("address " + Common.resourceName(name) + ": port " + address.port());
        return new Running(address);
    }

    /** Which ports the public must find open, and which closed: those of databases, as far as they have another address. */
    private static void announcePorts(Site site, RunningFleet running, Stream<Integer> open) {
        if (LoopbackPorts.isApart()) {
            site.announce("publicHost", LoopbackPorts.ADDRESS);
            site.announce("openPorts", open.toList());
            site.announce(
                    "closedPorts",
                    Stream.concat(
                                    running.database().map(HostedDatabase::port).stream(),
                                    site.estate().databases().stream().map(DatabaseView::port))
                            .toList());
        }
    }

    private record Running(AddressView address) implements Part {
        @Override
        public Stream<?> offers() {
            return Stream.of(address);
        }
    }
}
