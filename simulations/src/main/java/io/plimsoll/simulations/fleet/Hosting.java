package io.plimsoll.simulations.fleet;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an engine of containers runs injectors. The checkout and its local Maven repository are on a file system that all of
 * them mount at the same path as the coordinator does, or in the image.
 *
 * @param image with Java 17 and a shell, such as {@code eclipse-temurin:17}; without a volume it holds the checkout, built
 * @param volume the file system; empty if results go to a bucket
 * @param checkout where the image holds the checkout; empty if it is where the coordinator has it
 * @param identity as whom they reach the bucket: a service account in Kubernetes, a job role's ARN in AWS Batch; may be empty
 * @param cpus of each injector, at least 1
 * @param memoryMegabytes of each injector, at least 256
 */
public record Hosting(
        String image,
        Optional<Volume> volume,
        Optional<Path> checkout,
        String identity,
        int cpus,
        int memoryMegabytes) {
    /**
     * A file system.
     *
     * @param name a claim's name in Kubernetes, an EFS file system's id in AWS Batch
     * @param mount the path it is mounted at
     */
    public record Volume(String name, String mount) {
        public Volume {
            if (name.isBlank() || !mount.startsWith("/")) {
                throw new IllegalArgumentException(
                        "volume: needs a name and an absolute mount path, was '" + name + "', '" + mount + "'");
            }
        }
    }

    public Hosting {
        if (image.isBlank() || cpus < 1 || memoryMegabytes < 256) {
            throw new IllegalArgumentException(
                    "hosting: needs an image, a CPU and 256 MB; was '" + image + "', " + cpus + ", " + memoryMegabytes);
        }
        if (checkout.isPresent() && !checkout.get().isAbsolute()) {
            throw new IllegalArgumentException(
                    "hosting: the checkout must have an absolute path, was '" + checkout.get() + "'");
        }
    }

    /** Where an injector finds the checkout. */
    Path checkout(GangOrder order) {
        return checkout.orElse(order.home());
    }

    /** What an injector is started by. */
    Path injector() {
        return checkout.map(path -> path.resolve("simulations").resolve("injector"))
                .orElseGet(GangOrder::injector);
    }
}
