package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;

/**
 * Finds out what scaling groups launch. A group may name {@code $Latest} or {@code $Default}, which is another version as
 * soon as someone makes one (EC2 Auto Scaling user guide, "Launch templates"): so the version is looked up.
 */
record LaunchDiscovery(Ec2Client client, AwsCalls calls) {
    static final String TEMPLATE_ID = "launch-template-id";
    static final String TEMPLATE_VERSION = "launch-template-version";

    /** The groups with the number of their template's version, its image and its instance type. */
    List<Resource> resolved(List<Resource> groups, Set<String> warnings) throws InterruptedException {
        List<Resource> resolved = new ArrayList<>();
        for (Resource group : groups) {
            Optional<String> template = Optional.ofNullable(group.facts().get(TEMPLATE_ID));
            if (template.isEmpty()) {
                resolved.add(group);
                continue;
            }
            String version = group.facts().getOrDefault(TEMPLATE_VERSION, "$Default");
            Facts launched = Discovery.optional(
                    "launch template of " + group.id(), () -> version(template.get(), version), new Facts(), warnings);
            resolved.add(launched.addedTo(group));
        }
        return resolved;
    }

    private Facts version(String template, String version) throws InterruptedException {
        return calls
                .call(
                        "ec2:DescribeLaunchTemplateVersions",
                        () -> client.describeLaunchTemplateVersions(
                                request -> request.launchTemplateId(template).versions(version)))
                .launchTemplateVersions()
                .stream()
                .findFirst()
                .map(LaunchDiscovery::launched)
                .orElseGet(Facts::new);
    }

    private static Facts launched(LaunchTemplateVersion version) {
        Facts facts = new Facts().with("launches-version", version.versionNumber());
        Optional.ofNullable(version.launchTemplateData())
                .ifPresent(data -> facts.with("image", data.imageId()).with("type", data.instanceTypeAsString()));
        return facts;
    }
}
