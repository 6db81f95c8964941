package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.Document.Node;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.observation.MetricDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads one environment descriptor; {@code local.yaml} and {@code staging.yaml} show every key. */
public final class EnvironmentFile {
    private static final List<String> KINDS = List.of("embedded", "aws");
    private static final String ACKNOWLEDGEMENT = "i-know-this-is-production";

    /** How regions are written. */
    static final String REGION = "[a-z]{2,}(-[a-z]+)+-\\d+";

    /** Every key of a descriptor. */
    static final List<String> KEYS = List.of(
            "environment",
            "kind",
            "region",
            "time-scale",
            "stages",
            "base-url",
            "endpoint",
            "credentials",
            ACKNOWLEDGEMENT,
            "load",
            "observe",
            "find",
            "metrics",
            "stop",
            "disturb",
            "probe",
            "cannot-show",
            "prices",
            "stack");

    private final Node root;
    private final boolean embedded;

    private EnvironmentFile(Node root) {
        this.root = root;
        root.allowOnly(KEYS.toArray(String[]::new));
        embedded = root.required("kind").oneOf(KINDS).equals("embedded");
    }

    /**
     * Reads and validates a descriptor.
     *
     * @throws DocumentException with file, line, key, rule and value of the first thing that is wrong
     */
    public static Environment load(Path file) {
        EnvironmentFile descriptor = new EnvironmentFile(Document.read(file));
        Environment environment = descriptor.environment();
        String expected = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
        if (!environment.name().equals(expected)) {
            throw descriptor.root.required("environment").error("must be the file's name, '" + expected + "'");
        }
        return environment;
    }

    /**
     * The metrics that a descriptor names, whatever else it holds; for judging stored evidence again.
     *
     * @throws DocumentException if that section is wrong
     */
    public static List<MetricDefinition> metrics(Path file) {
        return Document.read(file).optional("metrics").map(MetricsSection::read).orElse(List.of());
    }

    /**
     * What an hour of each instance type, database class and cache node type costs, in US dollars, as far as a descriptor
     * says it.
     *
     * @throws DocumentException if that section is wrong
     */
    public static SortedMap<String, Double> prices(Path file) {
        return PricesSection.read(Document.read(file));
    }

    /**
     * Validates a descriptor's text.
     *
     * @param source what errors call the text
     */
    static Environment parse(String source, String text) {
        return new EnvironmentFile(Document.parse(source, text)).environment();
    }

    private Environment environment() {
        Node name = root.required("environment");
        if (!name.text().matches("[a-z][a-z0-9-]*")) {
            throw name.error("must be lower-case letters, digits and hyphens, beginning with a letter");
        }
        Node region = root.required("region");
        if (!region.text().matches(REGION)) {
            throw region.error("must be an AWS region such as 'us-east-1'");
        }
        LoadSection load = LoadSection.read(root.required("load"), embedded);
        Placement placement = placement(name.text(), load.permission());
        Landmarks find = FindSection.read(root.required("find"));
        if (find.elsewhere().containsKey(region.text())) {
            throw root.required("find").required("elsewhere").error("must not hold the region of the file itself");
        }
        PricesSection.read(root);
        boolean realAws =
                placement instanceof Placement.Aws aws && aws.endpoint().isEmpty();
        return new Environment(
                name.text(),
                region.text(),
                timeScale(realAws),
                stages(),
                load.permission(),
                load.rates(),
                ObserveSection.read(root.required("observe"), realAws),
                find,
                root.optional("metrics").map(MetricsSection::read).orElse(List.of()),
                StopSection.read(root.optional("stop")),
                DisturbSection.read(root.optional("disturb")),
                ProbeSection.read(root.optional("probe")),
                cannotShow(),
                placement);
    }

    private double timeScale(boolean realAws) {
        if (root.optional("time-scale").isEmpty()) {
            return 1;
        }
        Node node = root.required("time-scale");
        double scale = node.number(0, 1);
        if (!(scale > 0)) {
            throw node.error("must be in (0, 1]");
        }
        if (realAws && scale != 1) {
            throw node.error("must be 1 on AWS");
        }
        return scale;
    }

    private SortedMap<String, String> cannotShow() {
        SortedMap<String, String> reasons = new TreeMap<>();
        root.optional("cannot-show")
                .map(Node::mapping)
                .orElse(Map.of())
                .forEach((claim, reason) -> reasons.put(claim, reason.text()));
        return reasons;
    }

    private List<String> stages() {
        Node stages = root.required("stages");
        List<String> names = stages.items().stream().map(Node::text).toList();
        if (names.isEmpty()) {
            throw stages.error("must name a stage");
        }
        return names;
    }

    private Placement placement(String name, LoadPermission permission) {
        if (embedded) {
            for (String key : List.of("base-url", "endpoint", "credentials", ACKNOWLEDGEMENT)) {
                refuse(key, "is only for kind aws: an embedded stack says its addresses itself");
            }
            Node stack = root.required("stack");
            stack.mapping();
            return new Placement.Embedded(stack);
        }
        refuse("stack", "is only for kind embedded");
        return new AddressSection(root, name, permission).read();
    }

    private void refuse(String key, String rule) {
        root.optional(key).ifPresent(node -> {
            throw node.error(rule);
        });
    }
}
