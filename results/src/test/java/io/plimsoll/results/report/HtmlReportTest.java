package io.plimsoll.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.results.load.LogIntegrity;
import io.plimsoll.results.load.RequestHistograms;
import io.plimsoll.results.observation.Topology;
import io.plimsoll.results.run.Evidence;
import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.verdict.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HtmlReportTest {
    private static final String EXAMPLE = HtmlReport.render(ExampleRun.verdict(Outcome.PASS), ExampleRun.evidence());
    private static final String HOSTILE = HtmlReport.render(HostileRun.verdict(), HostileRun.evidence());
    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    private static List<String> scripts(String html) {
        return SCRIPT.matcher(html).results().map(found -> found.group(1)).toList();
    }

    /** The page without its two scripts and its data. */
    private static String markup(String html) {
        return html.substring(0, html.indexOf("<script type=\"application/json\""));
    }

    private static JsonNode data(String html) throws Exception {
        Matcher data = DATA.matcher(html);
        assertThat(data.find()).isTrue();
        return new ObjectMapper().readTree(data.group(1));
    }

    private static JsonNode chart(String html, String id) throws Exception {
        for (JsonNode chart : data(html).get("charts")) {
            if (chart.get("id").asText().equals(id)) {
                return chart;
            }
        }
        throw new AssertionError("no chart " + id);
    }

    private static Evidence nothing() {
        RunFacts facts = ExampleRun.facts();
        return new Evidence(
                new RunFacts(
                        RunFacts.FORMAT,
                        "r",
                        RunFacts.State.RUNNING,
                        "",
                        "e",
                        "s",
                        "",
                        1,
                        new TreeMap<>(),
                        facts.started(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new TreeMap<>(),
                        new TreeMap<>()),
                new Topology(List.of()),
                RequestHistograms.empty(),
                new LogIntegrity(0, 0, 0, 0, List.of()),
                List.of(),
                List.of(),
                List.of());
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"PASS", "FAIL", "INCONCLUSIVE", "INVALID"})
    void theOutcomeIsAWordInTheHeading(Outcome outcome) {
        assertThat(HtmlReport.render(ExampleRun.verdict(outcome), ExampleRun.evidence()))
                .contains("<h1><span class=\"badge " + outcome.name().toLowerCase(java.util.Locale.ROOT) + "\">"
                        + outcome + "</span></h1>");
    }

    @Test
    void aClaimThatWasNotTestedSaysSo() {
        assertThat(EXAMPLE)
                .contains("<span class=\"badge not-tested\">NOT TESTED</span> <span class=\"id\">5.2</span>");
    }

    @Test
    void hostileTextStaysText() {
        assertThat(markup(HOSTILE))
                .contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;!--")
                .doesNotContain("<script", "<!--\"", "\u202E", "\u0000", "\u001b", "\u2028");
        assertThat(scripts(HOSTILE)).hasSize(2).isEqualTo(scripts(EXAMPLE));
    }

    @Test
    void hostileTextEndsNeitherAttributesNorTheData() throws Exception {
        assertThat(markup(HOSTILE)).doesNotContain("<!--\"'`");
        assertThat(chart(HOSTILE, "errors").get("lines").get(0).get("name").asText())
                .startsWith(HostileRun.SHOWN.substring(0, 60));
        Matcher data = DATA.matcher(HOSTILE);
        assertThat(data.find()).isTrue();
        assertThat(data.group(1)).doesNotContain("<", ">", "&", "\u2028", "\u2029");
    }

    @Test
    void nothingIsFetched() {
        assertThat(markup(EXAMPLE))
                .contains("content=\"default-src &#39;none&#39;; ")
                .doesNotContainPattern("(?i)\\b(src|srcset|poster|action|data)\\s*=")
                .doesNotContainPattern("(?i)href=\"(?!#)")
                .doesNotContainPattern("(?i)@import|<link|<iframe|<object|http-equiv=\"refresh\"")
                .doesNotContainPattern("(?i)url\\((?!data:)");
    }

    @Test
    void theContentPolicyAllowsExactlyTheTwoScriptsOfThePage() throws Exception {
        Matcher policy = Pattern.compile("script-src ([^;\"]*)").matcher(EXAMPLE.replace("&#39;", "'"));
        assertThat(policy.find()).isTrue();
        List<String> hashes = new ArrayList<>();
        for (String script : scripts(EXAMPLE)) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            hashes.add("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
        }

        assertThat(policy.group(1)).isEqualTo(String.join(" ", hashes));
    }

    @Test
    void everyChartHasWordsForWhoCannotSeeIt() {
        long plots =
                Pattern.compile("<div class=\"plot").matcher(EXAMPLE).results().count();

        assertThat(plots).isGreaterThan(9);
        assertThat(Pattern.compile("<div class=\"plot[^>]*role=\"img\" aria-label=\"[^\"]+")
                        .matcher(EXAMPLE)
                        .results())
                .hasSize((int) plots);
        assertThat(EXAMPLE).contains("Replica lag: plimsoll-db-replica-1 lowest 0 s, highest 1 s at ");
    }

    @Test
    void everyTableHasACaptionAndScopes() {
        long tables = Pattern.compile("<table").matcher(EXAMPLE).results().count();

        assertThat(Pattern.compile("<caption").matcher(EXAMPLE).results()).hasSize((int) tables);
        assertThat(markup(EXAMPLE)).doesNotContain("<th>");
    }

    @Test
    void aGapInTheSamplesBreaksTheLine() throws Exception {
        JsonNode cpu = chart(EXAMPLE, "cpu").get("lines").get(0);
        List<String> points = new ArrayList<>();
        for (int i = 0; i < cpu.get("points").size(); i += 2) {
            points.add(cpu.get("points").get(i) + (cpu.get("points").get(i + 1).isNull() ? " gap" : ""));
        }

        assertThat(cpu.get("name").asText()).contains("i-0aa1");
        assertThat(points).containsSubsequence("69", "70 gap", "76").doesNotContain("71", "75");
    }

    @Test
    void offeredAndAchievedRatesComparePointByPoint() throws Exception {
        JsonNode lines = chart(EXAMPLE, "rate").get("lines");

        assertThat(lines.get(0).get("name").asText()).isEqualTo("offered");
        assertThat(lines.get(1).get("name").asText()).isEqualTo("achieved");
        assertThat(lines.get(0).get("points")).isEqualTo(lines.get(1).get("points"));
    }

    @Test
    void tellsHowToRepeatTheRunAndTheJudgement() {
        assertThat(EXAMPLE)
                .contains(
                        "mvn gatling:test -Denvironment=local -Dstage=auto-scaled -Dprofile=ramp -Dstack.group.max=3",
                        "mvn -q compile exec:java -Dexec.args=\"judge"
                                + " results/runs/2026-11-24T10-00-00Z-local-auto-scaled-ramp\"");
    }

    @Test
    void evidenceOfNothingIsShownAsNothing() throws Exception {
        String html = HtmlReport.render(ExampleRun.empty(), nothing());

        assertThat(html)
                .contains(
                        ">INCONCLUSIVE</span></h1>",
                        "The stage makes no claim.",
                        "No validity check was made.",
                        "No part of the stack was found.",
                        "The evidence holds no series of replica lag.");
        assertThat(data(html).get("charts")).isEmpty();
        assertThat(data(html).get("plots")).isEmpty();
        assertThat(data(html).has("heat")).isFalse();
    }

    @Test
    void theHeatMapHoldsEveryRequestOnce() throws Exception {
        JsonNode heat = data(EXAMPLE).get("heat");
        long responses = 0;
        long most = 0;
        for (int i = 0; i < heat.get("cells").size(); i += 3) {
            assertThat(heat.get("cells").get(i).asInt())
                    .isBetween(0, heat.get("starts").size() - 1);
            assertThat(heat.get("cells").get(i + 1).asInt())
                    .isBetween(0, heat.get("edges").size() - 2);
            responses += heat.get("cells").get(i + 2).asLong();
            most = Math.max(most, heat.get("cells").get(i + 2).asLong());
        }

        Evidence evidence = ExampleRun.evidence();
        assertThat(responses)
                .isEqualTo(evidence.client()
                        .count(
                                java.util.Set.of(),
                                java.util.Set.of(io.plimsoll.results.load.RequestOutcome.values()),
                                evidence.client().span()));
        assertThat(heat.get("most").asLong()).isEqualTo(most);
    }

    @Test
    void theLegsOfTheScaleOutAreMeasuredFromTheLoadStep() {
        List<ScaleOutLegs.Leg> legs = ScaleOutLegs.of(ExampleRun.verdict(Outcome.PASS), ExampleRun.evidence());

        assertThat(legs)
                .extracting(leg -> leg.mark() + " " + leg.at() + " " + leg.leg())
                .containsExactly(
                        "T0 0.0 s ",
                        "T1 – ",
                        "T2 9.0 s +9.0 s",
                        "T3 10.0 s +1.0 s",
                        "T4 14.5 s +4.5 s",
                        "T5 16.0 s +1.5 s",
                        "T6 – ");
        assertThat(legs.get(6).source()).isEqualTo("no SLO of this run measured a recovery");
    }

    @Test
    void capacityIsShownWithWhatLimits() throws Exception {
        String html =
                HtmlReport.render(ExampleRun.verdict(Outcome.PASS), ExampleRun.evidence(), ExampleCapacity.attached());

        assertThat(html)
                .contains(
                        "The stack holds 560 requests/s and does not hold 600 requests/s, with 3 instances in app-group.",
                        "It is 75 % above the target of 320 requests/s.",
                        "<em>what limits</em>");
        assertThat(data(html).get("plots").get(1).get("id").asText()).isEqualTo("scalability");
        assertThat(EXAMPLE).contains("This run did not search for capacity").doesNotContain("<em>what limits</em>");
    }

    @Test
    void theFilesAsRunAreShownAsText() {
        String html =
                HtmlReport.render(ExampleRun.verdict(Outcome.PASS), ExampleRun.evidence(), ExampleCapacity.attached());

        assertThat(markup(html))
                .contains("environments/local.yaml", "name: local\n  note: &lt;script&gt;alert(1)&lt;/script&gt;\n");
    }

    @Test
    void theRunIsComparedWithTheMedianOfItsBaseline() {
        String html =
                HtmlReport.render(ExampleRun.verdict(Outcome.PASS), ExampleRun.evidence(), ExampleCapacity.attached());

        assertThat(html)
                .contains("This run against the median of 3 earlier passes", "p95(read) during steady", "−50 %");
        assertThat(EXAMPLE).contains("This run was compared with no earlier run");
    }
}
