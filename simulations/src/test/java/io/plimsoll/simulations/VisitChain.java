package io.plimsoll.simulations;

import static io.gatling.javaapi.core.CoreDsl.ByteArrayBody;
import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.exitHereIfFailed;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.core.CoreDsl.substring;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.plimsoll.simulations.plan.RequestSpec;
import io.plimsoll.simulations.plan.Template;
import io.plimsoll.simulations.plan.Visit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** A visit of a traffic mix, as Gatling carries it out. The only place where the two meet. */
final class VisitChain {
    private static final String CONTENT_TYPE = "Content-Type";

    private final UnaryOperator<String> address;

    /** @param address the URL of a named address, without a final slash; asked at every request */
    VisitChain(UnaryOperator<String> address) {
        this.address = address;
    }

    ChainBuilder of(Visit visit) {
        List<RequestSpec> requests = visit.requests();
        ChainBuilder chain = exec(request(requests.get(0)));
        for (RequestSpec request : requests.subList(1, requests.size())) {
            chain = chain.exec(exitHereIfFailed());
            chain = visit.pause().isZero() ? chain : chain.exec(pause(visit.pause()));
            chain = chain.exec(request(request));
        }
        return chain;
    }

    private HttpRequestActionBuilder request(RequestSpec spec) {
        HttpRequestActionBuilder request = http(spec.name())
                .httpRequest(spec.method(), session -> address.apply(spec.address()) + path(spec.path(), session))
                .check(status().in(spec.expect()));
        for (var header : spec.headers().entrySet()) {
            request = request.header(header.getKey(), session -> filled(header.getValue(), session));
        }
        if (spec.body().isPresent()) {
            request = body(request, spec.body().get());
            if (spec.headers().keySet().stream().noneMatch(CONTENT_TYPE::equalsIgnoreCase)) {
                request = request.header(CONTENT_TYPE, "application/octet-stream");
            }
        }
        if (spec.picture().isPresent()) {
            request = request.body(ByteArrayBody(spec.picture().get().bytes())).header(CONTENT_TYPE, "image/jpeg");
        }
        if (spec.contains().isPresent()) {
            Template text = spec.contains().get();
            request = request.check(substring(session -> filled(text, session)));
        }
        for (var save : spec.saves().entrySet()) {
            request = request.check(regex(save.getValue()).saveAs(save.getKey()));
        }
        return request;
    }

    private static HttpRequestActionBuilder body(HttpRequestActionBuilder request, Template body) {
        return body.names().isEmpty()
                ? request.body(ByteArrayBody(body.fill(name -> name).getBytes(StandardCharsets.UTF_8)))
                : request.body(StringBody(session -> filled(body, session)));
    }

    private static String path(Template path, Session session) {
        return path.fill(name -> URLEncoder.encode(value(name, session), StandardCharsets.UTF_8));
    }

    private static String filled(Template text, Session session) {
        return text.fill(name -> value(name, session));
    }

    private static String value(String name, Session session) {
        return String.valueOf(session.<Object>get(name));
    }
}
