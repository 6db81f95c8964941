package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.scaling.Refusal;
import io.plimsoll.environments.local.site.AuditTrail;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkPojo;

/** Takes a request apart, has it answered and writes the answer in the request's own protocol. */
final class Dispatcher implements HttpHandler {
    private static final HttpString TARGET = new HttpString("X-Amz-Target");
    private static final HttpString REQUEST_ID = new HttpString("x-amzn-RequestId");
    private static final String RPC_PATH = "/service/";

    private final Map<String, Service> services;
    private final EndpointFaults faults;
    private final AuditTrail audit;
    private final Function<String, Optional<URI>> passed;
    private final PassedOn passedOn = new PassedOn();

    /**
     * Answers for services.
     *
     * @param audit told each call of an operation that changes something
     * @param passed where requests of a credential scope are passed on to; empty to answer them here
     */
    Dispatcher(
            List<Service> services, EndpointFaults faults, AuditTrail audit, Function<String, Optional<URI>> passed) {
        this.services = services.stream().collect(Collectors.toMap(Service::scope, Function.identity()));
        this.faults = faults;
        this.audit = audit;
        this.passed = passed;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws IOException {
        Optional<URI> elsewhere = scope(exchange).flatMap(passed);
        if (elsewhere.isPresent()) {
            passedOn.answer(elsewhere.get(), exchange);
            return;
        }
        String requestId = UUID.randomUUID().toString();
        exchange.getResponseHeaders().put(REQUEST_ID, requestId);
        Optional<Service> service = service(exchange);
        Wire wire = new FormWire(
                "",
                service.filter(each -> each.protocol() == Service.Protocol.EC2).isPresent());
        Answer answer;
        try {
            wire = wire(service, exchange);
            answer = answer(wire, exchange, requestId);
        } catch (DroppedException dropped) {
            exchange.getConnection().close();
            return;
        } catch (AwsFault fault) {
            answer = wire.error(fault, requestId);
        }
        exchange.setStatusCode(answer.status());
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
        exchange.getResponseSender().send(ByteBuffer.wrap(answer.body()));
    }

    /** The connection is to be closed without an answer. */
    private static final class DroppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Answer answer(Wire wire, HttpServerExchange exchange, String requestId) {
        Caller caller = Caller.of(header(exchange, Headers.AUTHORIZATION));
        Service service = services.get(caller.service());
        if (service == null) {
            throw AwsFault.badRequest(
                    "InvalidAction",
                    "Service " + caller.service() + " is not offered here; those offered are "
                            + services.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        String name = wire.operation();
        Operation operation = service.operation(name).orElseThrow(() -> service.unknown(name));
        SdkPojo request = operation.request().get();
        try {
            faults.check(service, name);
            wire.fill(request);
            if (faults.drops(service, name) && Audited.isForLaterPage(request)) {
                throw new DroppedException();
            }
            Answer answer = wire.response(service, operation.handler().apply(request), requestId);
            record(service, operation, request, Optional.empty());
            return answer;
        } catch (AwsFault fault) {
            throw recorded(fault, service, operation, request);
        } catch (Refusal refusal) {
            throw recorded(AwsFault.of(refusal), service, operation, request);
        } catch (DroppedException dropped) {
            throw dropped;
        } catch (RuntimeException e) {
            throw recorded(AwsFault.internal(service.action(name) + " failed: " + e), service, operation, request);
        }
    }

    private AwsFault recorded(AwsFault fault, Service service, Operation operation, SdkPojo request) {
        record(service, operation, request, Optional.of(fault.code() + ": " + fault.sentence()));
        return fault;
    }

    private void record(Service service, Operation operation, SdkPojo request, Optional<String> error) {
        if (!operation.isReadOnly() && !operation.name().equals("PutMetricData")) {
            audit.record(service.eventSource(), operation.name(), AuditTrail.USER, Audited.parameters(request), error);
        }
    }

    private static Wire wire(Optional<Service> service, HttpServerExchange exchange) throws IOException {
        byte[] body = RequestBody.read(exchange);
        Optional<String> target = header(exchange, TARGET);
        String path = exchange.getRequestPath();
        String shapes = service.map(Service::shapes).orElse("");
        if (service.filter(Dispatcher::isRest).isPresent()) {
            return new RestWire(service.get(), exchange, body);
        }
        if (path.startsWith(RPC_PATH)) {
            return TreeWire.cbor(shapes, path.substring(path.lastIndexOf('/') + 1), body);
        }
        if (target.isPresent()) {
            String operation = target.get().substring(target.get().lastIndexOf('.') + 1);
            String type = header(exchange, Headers.CONTENT_TYPE).orElse("application/x-amz-json-1.0");
            return TreeWire.json(type, shapes, operation, body);
        }
        String form = body.length > 0 ? new String(body, StandardCharsets.UTF_8) : exchange.getQueryString();
        return new FormWire(
                form,
                service.filter(each -> each.protocol() == Service.Protocol.EC2).isPresent());
    }

    private static boolean isRest(Service service) {
        return service.protocol() == Service.Protocol.REST_XML || service.protocol() == Service.Protocol.REST_JSON;
    }

    /** The service of the credential scope; empty if there is no scope or no such service. */
    private Optional<Service> service(HttpServerExchange exchange) {
        return scope(exchange).map(services::get);
    }

    private static Optional<String> scope(HttpServerExchange exchange) {
        try {
            return Optional.of(
                    Caller.of(header(exchange, Headers.AUTHORIZATION)).service());
        } catch (AwsFault unsigned) {
            return Optional.empty();
        }
    }

    private static Optional<String> header(HttpServerExchange exchange, HttpString name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }
}
