package io.plimsoll.environments.local.aws;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Launch templates: each group launches from one that has its name and one version. */
final class LaunchTemplates {
    private LaunchTemplates() {}

    static String id(String name) {
        return "lt-" + hex("launch template " + name);
    }

    /** The image of all instances: the service's program of this build. */
    static String image() {
        return "ami-" + hex("image");
    }

    static String hex(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "")
                .substring(0, 17);
    }
}
