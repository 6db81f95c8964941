package io.plimsoll.environments.aws.disturb;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The local stack's channel for what AWS has no call for: {@code POST <url>/disturb/<name>?key=value} with the token that
 * the stack told.
 */
public final class ControlChannel {
    private static final String TOKEN_HEADER = "X-Plimsoll-Token";
    private static final Duration LONGEST_CALL = Duration.ofSeconds(60);

    private final URI url;
    private final String token;
    private final HttpClient client;

    public ControlChannel(URI url, String token) {
        this.url = url;
        this.token = token;
        this.client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    }

    /** Orders a disturbance; a part that {@code of} names is chosen from the topology and given as {@code id}. */
    AwsActions.Done order(Disturbance asked, Targets targets) throws InterruptedException {
        SortedMap<String, String> with = new TreeMap<>(asked.with());
        Optional<String> id = asked.of().map(of -> chosen(of, targets));
        id.ifPresent(value -> with.putIfAbsent("id", value));
        String said = post(asked.name(), with);
        return new AwsActions.Done(id.orElse("stack"), said);
    }

    private static String chosen(String of, Targets targets) {
        if (of.endsWith(" tier")) {
            return targets.one(targets.of(ResourceKind.INSTANCE, Optional.of(of)))
                    .id();
        }
        for (ResourceKind kind : ResourceKind.values()) {
            if (kind.word().equals(of)) {
                Resource part = targets.one(targets.of(kind, Optional.of(of)));
                return part.id();
            }
        }
        return of;
    }

    private String post(String name, SortedMap<String, String> with) throws InterruptedException {
        String query = with.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        URI order = URI.create(url + "/disturb/" + name + (query.isEmpty() ? "" : "?" + query));
        HttpRequest request = HttpRequest.newBuilder(order)
                .header(TOKEN_HEADER, token)
                .timeout(LONGEST_CALL)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            String said = answer.body().strip();
            if (answer.statusCode() != 200) {
                throw new DisturbanceException("the stack refused it: " + said);
            }
            return said;
        } catch (IOException e) {
            throw new DisturbanceException(
                    String.format(Locale.ROOT, "the stack's control channel does not answer: %s", e.getMessage()));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "control channel at " + url;
    }
}
