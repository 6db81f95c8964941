package io.plimsoll.simulations.fleet;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A multi-node parallel job of AWS Batch, on EC2: as many nodes as injectors, which Batch starts together, none again. The
 * main node, 0, ends the job when it ends; {@code simulations/injector} therefore has it wait for the others.
 *
 * <p>Source: AWS Batch API reference, RegisterJobDefinition; Batch user guide, multi-node parallel jobs.
 */
public record BatchJob(Hosting hosting) implements ManifestEngine.Form {
    @Override
    public String file() {
        return "job-definition.json";
    }

    @Override
    public String command(Path file) {
        return "aws batch register-job-definition --cli-input-json file://" + file
                + " && aws batch submit-job --job-name plimsoll --job-definition plimsoll --job-queue <your queue>";
    }

    @Override
    public String text(GangOrder order, Instant start) {
        Map<String, Object> container = new TreeMap<>(Map.of(
                "image",
                hosting.image(),
                "command",
                List.of(
                        "sh",
                        "-c",
                        "cd \"$1\" && exec \"$2\" \"$3\" \"$4\"",
                        "injector",
                        hosting.checkout(order).toString(),
                        hosting.injector().toString(),
                        order.results().told(),
                        Long.toString(start.toEpochMilli())),
                "resourceRequirements",
                List.of(
                        Map.of("type", "VCPU", "value", Integer.toString(hosting.cpus())),
                        Map.of("type", "MEMORY", "value", Integer.toString(hosting.memoryMegabytes())))));
        hosting.volume().ifPresent(volume -> {
            container.put(
                    "volumes",
                    List.of(Map.of(
                            "name",
                            "shared",
                            "efsVolumeConfiguration",
                            Map.of("fileSystemId", volume.name(), "transitEncryption", "ENABLED"))));
            container.put("mountPoints", List.of(Map.of("sourceVolume", "shared", "containerPath", volume.mount())));
        });
        if (!hosting.identity().isEmpty()) {
            container.put("jobRoleArn", hosting.identity());
        }
        return KubernetesJob.json(Map.of(
                "jobDefinitionName",
                "plimsoll",
                "type",
                "multinode",
                "retryStrategy",
                Map.of("attempts", 1),
                "timeout",
                Map.of(
                        "attemptDurationSeconds",
                        Math.max(60, order.lead().plus(order.longest()).toSeconds())),
                "nodeProperties",
                Map.of(
                        "numNodes",
                        order.count(),
                        "mainNode",
                        0,
                        "nodeRangeProperties",
                        List.of(Map.of("targetNodes", "0:" + (order.count() - 1), "container", container)))));
    }
}
