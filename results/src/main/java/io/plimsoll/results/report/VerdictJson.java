package io.plimsoll.results.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.results.capacity.CapacityResult;
import io.plimsoll.results.capacity.WhatLimits;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.verdict.ClaimResult;
import io.plimsoll.results.verdict.SloResult;
import io.plimsoll.results.verdict.ValidityCheck;
import io.plimsoll.results.verdict.Verdict;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * {@code verdict.json}: the verdict for programs. Keys have a fixed order, absent values are {@code null}, text is exactly
 * the judgement's own, and nothing says when it was judged.
 */
final class VerdictJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private VerdictJson() {}

    /** The document, pretty-printed, with a newline at its end. */
    static String render(Verdict verdict, Optional<CapacityResult> capacity) {
        return render(verdict, capacity, Optional.empty());
    }

    /** The same, with what limited a run that missed a limit. */
    static String render(Verdict verdict, Optional<CapacityResult> capacity, Optional<WhatLimits> limits) {
        ObjectNode root = JSON.createObjectNode();
        root.put("verdict", Words.of(verdict.outcome()));
        root.put("reason", verdict.reason());
        root.put("runId", verdict.runId());
        root.put("environment", verdict.environment());
        root.put("stage", verdict.stage());
        root.put("profile", verdict.profile());
        ObjectNode coverage = root.putObject("coverage");
        Coverage shown = Coverage.of(verdict);
        coverage.put("claims", shown.claims());
        coverage.put("tested", shown.tested());
        coverage.put("passed", shown.passed());
        ArrayNode validity = root.putArray("validity");
        verdict.validity().forEach(check -> put(validity.addObject(), check));
        ArrayNode slos = root.putArray("slos");
        verdict.claims().forEach(claim -> claim.slos().forEach(slo -> put(slos.addObject(), slo)));
        ArrayNode claims = root.putArray("claims");
        verdict.claims().forEach(claim -> put(claims.addObject(), claim));
        capacity.ifPresent(found -> put(root.putObject("capacity"), found));
        limits.ifPresent(found -> put(root.putObject("limits"), found));
        return print(root);
    }

    private static void put(ObjectNode node, CapacityResult capacity) {
        node.put("complete", capacity.complete());
        node.put("reason", capacity.reason());
        putNumber(node, "highestPassing", capacity.highestPassing());
        putNumber(node, "lowestFailing", capacity.lowestFailing());
        putNumber(node, "target", capacity.target());
        putNumber(node, "headroomPercent", capacity.headroom().map(ratio -> ratio * 100));
        node.put("instances", capacity.instances());
        putText(node, "limitingGroup", capacity.limiting());
        putNumber(node, "perInstance", capacity.perInstance());
        putNumber(node, "usdPerMillionRequests", capacity.usdPerMillionRequests());
        putText(node, "limitedBy", capacity.binding().map(limit -> limit.metric() + " of " + limit.resource()));
    }

    private static void put(ObjectNode node, WhatLimits limits) {
        node.put("asks", limits.question());
        node.put("reason", limits.sentence());
        putText(node, "kind", limits.binding().map(limit -> limit.kind().word()));
        putText(node, "resource", limits.binding().map(CapacityResult.Binding::resource));
        putText(node, "metric", limits.binding().map(CapacityResult.Binding::metric));
    }

    private static void putNumber(ObjectNode node, String key, Optional<Double> number) {
        number.ifPresentOrElse(value -> node.put(key, value), () -> node.putNull(key));
    }

    private static void put(ObjectNode node, ValidityCheck check) {
        node.put("name", check.name());
        node.put("outcome", Words.of(check.outcome()));
        node.put("reason", check.reason());
    }

    private static void put(ObjectNode node, ClaimResult claim) {
        node.put("id", claim.id());
        node.put("says", claim.says());
        node.put("stage", claim.stage());
        node.put("outcome", Words.of(claim.outcome()));
        node.put("reason", claim.reason());
    }

    private static void put(ObjectNode node, SloResult slo) {
        node.put("claim", slo.claim());
        node.put("slo", slo.slo());
        node.put("outcome", Words.of(slo.outcome()));
        node.put("reason", slo.reason());
        putText(node, "measured", slo.measured());
        node.put("limit", slo.limit());
        put(node, slo.window());
        node.put("samples", slo.samples());
        ArrayNode resources = node.putArray("resources");
        for (SloResult.ResourceResult part : slo.resources()) {
            ObjectNode resource = resources.addObject();
            resource.put("resource", part.resource());
            resource.put("outcome", Words.of(part.outcome()));
            resource.put("reason", part.reason());
            putText(resource, "measured", part.measured());
        }
        putText(node, "warning", slo.warning());
        node.put("key", slo.key());
    }

    private static void put(ObjectNode node, Optional<TimeWindow> window) {
        if (window.isEmpty()) {
            node.putNull("window");
            return;
        }
        ObjectNode times = node.putObject("window");
        times.put("start", window.get().start().toString());
        times.put("end", window.get().end().toString());
    }

    private static void putText(ObjectNode node, String key, Optional<String> text) {
        text.ifPresentOrElse(value -> node.put(key, value), () -> node.putNull(key));
    }

    private static String print(ObjectNode root) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(LINES);
        printer.indentArraysWith(LINES);
        try {
            return JSON.writer(printer).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("verdict.json cannot be printed", e);
        }
    }
}
