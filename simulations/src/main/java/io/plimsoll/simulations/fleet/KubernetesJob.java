package io.plimsoll.simulations.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An Indexed Job of Kubernetes: as many pods as injectors, each once. Kubernetes alone does not start a job all or none; with
 * Kueue or JobSet it does. A pod that is not up by T0 makes the run void. In JSON, which {@code kubectl} reads as well as YAML.
 *
 * <p>Source: kubernetes.io, API reference, batch/v1 Job.
 */
public record KubernetesJob(Hosting hosting) implements ManifestEngine.Form {
    private static final int LONGEST_NAME = 63;

    @Override
    public String file() {
        return "job.json";
    }

    @Override
    public String command(Path file) {
        return "kubectl apply -f " + file;
    }

    @Override
    public String text(GangOrder order, Instant start) {
        Map<String, String> size =
                Map.of("cpu", Integer.toString(hosting.cpus()), "memory", hosting.memoryMegabytes() + "Mi");
        Map<String, Object> container = new TreeMap<>(Map.of(
                "name",
                "injector",
                "image",
                hosting.image(),
                "workingDir",
                hosting.checkout(order).toString(),
                "command",
                List.of(hosting.injector().toString(), order.results().told(), Long.toString(start.toEpochMilli())),
                "resources",
                Map.of("requests", size, "limits", Map.of("memory", hosting.memoryMegabytes() + "Mi"))));
        Map<String, Object> pod = new TreeMap<>(Map.of(
                "restartPolicy", "Never", "terminationGracePeriodSeconds", 30, "containers", List.of(container)));
        hosting.volume().ifPresent(volume -> {
            container.put("volumeMounts", List.of(Map.of("name", "shared", "mountPath", volume.mount())));
            pod.put(
                    "volumes",
                    List.of(Map.of("name", "shared", "persistentVolumeClaim", Map.of("claimName", volume.name()))));
        });
        if (!hosting.identity().isEmpty()) {
            pod.put("serviceAccountName", hosting.identity());
        }
        Map<String, Object> spec = Map.of(
                "completionMode",
                "Indexed",
                "completions",
                order.count(),
                "parallelism",
                order.count(),
                "backoffLimit",
                0,
                "activeDeadlineSeconds",
                order.lead().plus(order.longest()).toSeconds(),
                "template",
                Map.of("spec", pod));
        return json(Map.of(
                "apiVersion", "batch/v1", "kind", "Job", "metadata", Map.of("name", name(order.run())), "spec", spec));
    }

    /** A name of lower-case letters, digits and hyphens. */
    private static String name(String run) {
        String name = "plimsoll-" + run.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        return name.substring(0, Math.min(LONGEST_NAME, name.length())).replaceAll("-+$", "");
    }

    /** Indented, keys sorted, so that equal orders give equal files. */
    static String json(Map<String, Object> document) {
        try {
            return new ObjectMapper()
                            .configure(
                                    com.fasterxml.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(document)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts and numbers are always written", e);
        }
    }
}
