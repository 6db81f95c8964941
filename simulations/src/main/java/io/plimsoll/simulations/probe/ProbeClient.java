package io.plimsoll.simulations.probe;

import io.plimsoll.simulations.plan.RequestSpec;
import io.plimsoll.simulations.plan.Template;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends a probe's requests, one attempt each, and says what came of them. */
final class ProbeClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final UnaryOperator<String> address;
    private final Clock clock;
    private final Seconds requests = Seconds.sums();

    /**
     * What came of a request.
     *
     * @param sent when it was sent
     * @param received when the answer was there, or was given up
     * @param status HTTP status; empty if there was no answer
     * @param right whether status and body are as the request expects
     * @param headers of the answer, by lower-case name, the first of each
     * @param saved values taken from the answer
     */
    record Answer(
            Instant sent,
            Instant received,
            Optional<Integer> status,
            boolean right,
            Map<String, String> headers,
            Map<String, String> saved) {
        Answer {
            headers = Map.copyOf(headers);
            saved = Map.copyOf(saved);
        }

        /** Whether the service answered that it does not have or does not allow it, rather than not answering. */
        boolean denied() {
            return !right
                    && status.filter(code -> code >= 200 && code < 500 && code != 408 && code != 429)
                            .isPresent();
        }
    }

    /**
     * A client.
     *
     * @param address URL of a named address
     * @param clock the wall clock
     */
    ProbeClient(UnaryOperator<String> address, Clock clock) {
        this.address = address;
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    /** Requests sent so far, by second: they are not part of the load, and the stack counts them too. */
    Seconds requests() {
        return requests;
    }

    /** Sends a request with its values; the answer always comes. */
    CompletableFuture<Answer> send(RequestSpec spec, Map<String, String> values) {
        Instant sent = clock.instant();
        requests.add(sent, 1);
        HttpRequest request = request(spec, values);
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1))
                .handle((response, failure) -> response == null
                        ? new Answer(sent, clock.instant(), Optional.empty(), false, Map.of(), Map.of())
                        : answer(spec, values, sent, response));
    }

    private HttpRequest request(RequestSpec spec, Map<String, String> values) {
        String path = spec.path().fill(name -> URLEncoder.encode(value(name, values), StandardCharsets.UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address.apply(spec.address()) + path))
                .timeout(TIMEOUT)
                .method(
                        spec.method(),
                        spec.picture()
                                .map(picture -> BodyPublishers.ofByteArray(picture.bytes()))
                                .or(() -> spec.body().map(body -> BodyPublishers.ofString(filled(body, values))))
                                .orElseGet(BodyPublishers::noBody));
        spec.headers().forEach((name, text) -> request.header(name, filled(text, values)));
        return request.build();
    }

    private Answer answer(RequestSpec spec, Map<String, String> values, Instant sent, HttpResponse<String> response) {
        boolean right = spec.expect().contains(response.statusCode())
                && spec.contains()
                        .map(text -> response.body().contains(filled(text, values)))
                        .orElse(true);
        Map<String, String> saved = new TreeMap<>();
        spec.saves().forEach((name, expression) -> {
            Matcher found = Pattern.compile(expression).matcher(response.body());
            if (found.find()) {
                saved.put(name, found.group(1));
            }
        });
        Map<String, String> headers = new TreeMap<>();
        response.headers()
                .map()
                .forEach((name, all) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), all.get(0)));
        return new Answer(
                sent,
                clock.instant(),
                Optional.of(response.statusCode()),
                right && saved.size() == spec.saves().size(),
                headers,
                saved);
    }

    private static String filled(Template text, Map<String, String> values) {
        return text.fill(name -> value(name, values));
    }

    private static String value(String name, Map<String, String> values) {
        return values.getOrDefault(name, "");
    }
}
