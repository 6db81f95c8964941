package io.plimsoll.assertions.slo;

import io.plimsoll.results.document.Document;
import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.observation.MetricVocabulary;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads an SLO of a file: one line, or a mapping whose {@code slo} is that line and whose {@code key}, {@code warn} and
 * {@code missing} say what else may stand at its end.
 */
public final class SloYaml {
    private SloYaml() {}

    /**
     * Reads one SLO.
     *
     * @param vocabulary the metrics that can be named
     * @throws DocumentException with file, line and, within the SLO, a caret
     */
    public static Slo read(Document.Node node, MetricVocabulary vocabulary) {
        if (!node.isMapping()) {
            return parsed(node, vocabulary);
        }
        node.allowOnly("slo", "key", "warn", "missing");
        Slo slo = parsed(node.required("slo"), vocabulary);
        Slo.Options line = slo.options();
        boolean key = node.optional("key").map(Document.Node::flag).orElse(line.key());
        Optional<Limit> warn = either(node, "warn", line.warn(), text -> SloParser.parseLimit(text, slo, vocabulary));
        Optional<Missing> written =
                line.missing() instanceof Missing.AsUsual ? Optional.empty() : Optional.of(line.missing());
        Missing missing = either(node, "missing", written, text -> SloParser.parseMissing(text, slo, vocabulary))
                .orElse(line.missing());
        return new Slo(
                slo.subject(),
                slo.comparison(),
                slo.limit(),
                slo.share(),
                slo.forEach(),
                slo.when(),
                new Slo.Options(key, warn, missing));
    }

    private static <T> Optional<T> either(
            Document.Node map, String key, Optional<T> inLine, Function<String, T> parser) {
        Optional<Document.Node> value = map.optional(key);
        if (value.isEmpty()) {
            return inLine;
        }
        if (inLine.isPresent()) {
            throw value.get().error("'" + key + "' is said at the end of the SLO already");
        }
        try {
            return Optional.of(parser.apply(value.get().text()));
        } catch (SloSyntaxException e) {
            throw new DocumentException(value.get().place() + ": " + key + ": " + e.getMessage());
        }
    }

    private static Slo parsed(Document.Node line, MetricVocabulary vocabulary) {
        try {
            return SloParser.parse(line.text(), vocabulary);
        } catch (SloSyntaxException e) {
            throw new DocumentException(line.place() + ": " + e.getMessage());
        }
    }
}
