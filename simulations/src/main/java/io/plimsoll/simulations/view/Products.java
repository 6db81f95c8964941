package io.plimsoll.simulations.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.environments.aws.descriptor.View;
import io.plimsoll.results.observation.TimeWindow;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How each product is asked. */
final class Products {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Products() {}

    /** The view of a product, with the token that its variable holds. */
    static FaultView open(View view, String token) {
        return switch (view.product()) {
            case SPLUNK -> splunk(view, token);
            case NEW_RELIC -> newRelic(view, token);
            case PAGERDUTY -> pagerDuty(view, token);
            case SENTRY -> sentry(view, token);
        };
    }

    /**
     * A search that streams its results, a JSON object a line.
     *
     * @see <a href="https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTsearch">search/jobs/export</a>
     */
    private static FaultView splunk(View view, String token) {
        ProductApi api = new ProductApi(view.url(), Map.of("Authorization", "Bearer " + token));
        return window -> {
            String lines = api.postForm(
                    "/services/search/jobs/export",
                    Map.of(
                            "search",
                            "search " + view.setting("search"),
                            "output_mode",
                            "json",
                            "preview",
                            "false",
                            "earliest_time",
                            seconds(window.start()),
                            "latest_time",
                            seconds(window.end())));
            List<Instant> times = new ArrayList<>();
            for (String line : lines.lines().filter(text -> !text.isBlank()).toList()) {
                time(JSON.readTree(line).path("result").path("_time")).ifPresent(times::add);
            }
            return Sighting.of(times);
        };
    }

    /**
     * A query of NRQL by NerdGraph.
     *
     * @see <a href="https://docs.newrelic.com/docs/apis/nerdgraph/examples/nerdgraph-nrql-tutorial/">NRQL by NerdGraph</a>
     */
    private static FaultView newRelic(View view, String token) {
        ProductApi api = new ProductApi(view.url(), Map.of("API-Key", token));
        return window -> {
            String query = "{ actor { account(id: " + view.setting("account")
                    + ") { nrql(query: \"SELECT count(*), earliest(timestamp) FROM " + view.setting("from") + " SINCE "
                    + window.start().toEpochMilli() + " UNTIL "
                    + window.end().toEpochMilli() + "\") { results } } } }";
            JsonNode answer = JSON.readTree(api.postJson(
                    "/graphql", JSON.writeValueAsString(JSON.createObjectNode().put("query", query))));
            if (answer.path("errors").size() > 0) {
                throw new IOException("New Relic refused the query: "
                        + answer.path("errors").path(0).path("message").asText());
            }
            JsonNode row = answer.path("data")
                    .path("actor")
                    .path("account")
                    .path("nrql")
                    .path("results")
                    .path(0);
            JsonNode earliest = row.path("earliest.timestamp");
            long count = row.path("count").asLong();
            return new Sighting(
                    count > 0 && earliest.isNumber()
                            ? Optional.of(Instant.ofEpochMilli(earliest.asLong()))
                            : Optional.empty(),
                    count);
        };
    }

    /**
     * The incidents of a service.
     *
     * @see <a href="https://developer.pagerduty.com/api-reference/9d0b4b12e36f9-list-incidents">List incidents</a>
     */
    private static FaultView pagerDuty(View view, String token) {
        ProductApi api = new ProductApi(
                view.url(),
                Map.of("Authorization", "Token token=" + token, "Accept", "application/vnd.pagerduty+json;version=2"));
        return window -> times(
                JSON.readTree(api.get(
                                "/incidents",
                                Map.of(
                                        "since", window.start().toString(),
                                        "until", window.end().toString(),
                                        "service_ids[]", view.setting("service"),
                                        "limit", "100")))
                        .path("incidents"),
                "created_at",
                window);
    }

    /**
     * The error reports of a project, the newest first; of many, the newest hundred.
     *
     * @see <a href="https://docs.sentry.io/api/events/list-a-projects-error-events/">List a project's error events</a>
     */
    private static FaultView sentry(View view, String token) {
        ProductApi api = new ProductApi(view.url(), Map.of("Authorization", "Bearer " + token));
        return window -> times(
                JSON.readTree(api.get(
                        "/api/0/projects/" + view.setting("organization") + "/" + view.setting("project") + "/events/",
                        Map.of(
                                "start", window.start().toString(),
                                "end", window.end().toString()))),
                "dateCreated",
                window);
    }

    private static Sighting times(JsonNode list, String key, TimeWindow window) throws IOException {
        if (!list.isArray()) {
            throw new IOException("the answer holds no list");
        }
        List<Instant> times = new ArrayList<>();
        for (JsonNode item : list) {
            time(item.path(key)).filter(window::contains).ifPresent(times::add);
        }
        return Sighting.of(times);
    }

    private static Optional<Instant> time(JsonNode text) {
        try {
            return text.isTextual()
                    ? Optional.of(OffsetDateTime.parse(text.asText()).toInstant())
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty(); // a time in another form says nothing
        }
    }

    private static String seconds(Instant at) {
        return String.format(java.util.Locale.ROOT, "%.3f", at.toEpochMilli() / 1000.0);
    }
}
