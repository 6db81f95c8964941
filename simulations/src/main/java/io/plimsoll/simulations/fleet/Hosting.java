package io.plimsoll.simulations.fleet;

/**
 * Where an engine of containers runs injectors. The checkout, its local Maven repository and the run's results are on one file
 * system that all of them mount at the same path as the coordinator does.
 *
 * @param image with Java 17 and a shell, such as {@code eclipse-temurin:17}
 * @param volume the file system: a claim's name in Kubernetes, an EFS file system's id in AWS Batch
 * @param mount the path it is mounted at
 * @param cpus of each injector, at least 1
 * @param memoryMegabytes of each injector
 */
public record Hosting(String image, String volume, String mount, int cpus, int memoryMegabytes) {
    public Hosting {
        if (image.isBlank() || volume.isBlank() || !mount.startsWith("/") || cpus < 1 || memoryMegabytes < 256) {
            throw new IllegalArgumentException(
                    "hosting: needs an image, a volume, an absolute mount path, a CPU and 256 MB;" + " was '" + image
                            + "', '" + volume + "', '" + mount + "', " + cpus + ", " + memoryMegabytes);
        }
    }
}
