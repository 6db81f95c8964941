package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.results.document.Document.Node;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** The keys of a descriptor that say where an AWS environment is and with whose permissions it is observed. */
record AddressSection(Node root, String name, LoadPermission permission) {
    private static final String ACKNOWLEDGEMENT = "i-know-this-is-production";

    Placement.Aws read() {
        Node baseUrlNode = root.required("base-url");
        URI baseUrl = url(baseUrlNode);
        String host = Hosts.of(baseUrl);
        if (!permission.allowedHosts().contains(host)) {
            throw baseUrlNode.error(
                    "its host must be in load.allowed-hosts (" + String.join(", ", permission.allowedHosts()) + ")");
        }
        acknowledge(root.required("environment"), name);
        acknowledge(baseUrlNode, host);
        Optional<URI> endpoint = root.optional("endpoint").map(AddressSection::url);
        boolean here = endpoint.map(Hosts::of).filter(Hosts::isLoopback).isPresent();
        return new Placement.Aws(
                baseUrl,
                endpoint,
                root.optional("credentials")
                        .map(AddressSection::credentials)
                        // an endpoint on this machine is never told the user's credentials unless the file says so
                        .orElse(here ? new Credentials.Embedded() : new Credentials.DefaultChain()));
    }

    private void acknowledge(Node node, String word) {
        boolean acknowledged = root.optional(ACKNOWLEDGEMENT).map(Node::flag).orElse(false);
        if (Hosts.looksLikeProduction(word) && !acknowledged) {
            throw node.error("looks like production: must come with '" + ACKNOWLEDGEMENT + ": true'");
        }
    }

    private static Credentials credentials(Node node) {
        node.allowOnly("profile", "role-arn");
        Optional<Credentials> profile = node.optional("profile").map(Node::text).map(Credentials.Profile::new);
        Optional<Credentials> role = node.optional("role-arn").map(AddressSection::role);
        if (profile.isPresent() == role.isPresent()) {
            throw node.error("must have either profile or role-arn");
        }
        return profile.or(() -> role).orElseThrow();
    }

    private static Credentials role(Node node) {
        if (!node.text().matches("arn:aws[a-z-]*:iam::\\d{12}:role/.+")) {
            throw node.error("must be a role's ARN such as 'arn:aws:iam::123456789012:role/load-test'");
        }
        return new Credentials.Role(node.text());
    }

    private static URI url(Node node) {
        String rule = "must be a URL such as 'https://staging.example.com'";
        URI address;
        try {
            address = new URI(node.text());
        } catch (URISyntaxException e) {
            throw node.error(rule);
        }
        boolean web = List.of("http", "https").contains(String.valueOf(address.getScheme()));
        if (!web || address.getHost() == null) {
            throw node.error(rule);
        }
        if (address.getUserInfo() != null || address.getQuery() != null || address.getFragment() != null) {
            throw node.error("must have no user, query or fragment");
        }
        return address;
    }
}
