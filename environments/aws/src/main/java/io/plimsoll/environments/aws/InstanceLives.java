package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.Activity;

/** When instances came and went, where EC2 itself does not say: by the scaling activities that name them. */
record InstanceLives(List<Activity> activities) {

    /** Ids of all instances that the activities name. */
    Set<String> named() {
        return activities.stream()
                .flatMap(activity -> ScalingActivities.instance(activity).stream())
                .collect(Collectors.toSet());
    }

    /** The topology with what the activities add. */
    Topology complete(Topology topology) {
        return new Topology(topology.resources().stream().map(this::complete).toList());
    }

    private Resource complete(Resource resource) {
        if (resource.kind() != ResourceKind.INSTANCE) {
            return resource;
        }
        List<Activity> own = activities.stream()
                .filter(activity -> ScalingActivities.instance(activity)
                        .filter(resource.id()::equals)
                        .isPresent())
                .toList();
        return new Resource(
                resource.kind(),
                resource.id(),
                resource.existedFrom().or(() -> launched(own)),
                resource.existedUntil().or(() -> terminated(own)),
                resource.facts());
    }

    private static Optional<Instant> launched(List<Activity> own) {
        return own.stream()
                .filter(activity -> !ScalingActivities.terminates(activity))
                .map(Activity::startTime)
                .findFirst();
    }

    private static Optional<Instant> terminated(List<Activity> own) {
        return own.stream()
                .filter(activity -> ScalingActivities.terminates(activity) && ScalingActivities.successful(activity))
                .flatMap(activity -> ScalingActivities.end(activity).stream())
                .findFirst();
    }
}
