package io.plimsoll.environments.local.aws;

import io.undertow.server.HttpServerExchange;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** REST-XML and REST-JSON: an operation is known by method and path, its members stand in path, query, headers and body. */
final class RestWire implements Wire {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final RestBody format;
    private final Map<String, List<String>> query = new TreeMap<>();
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final byte[] body;
    private final String call;
    private final Optional<Called> called;

    private record Called(Operation operation, int restrictions, Map<String, String> path) {}

    RestWire(Service service, HttpServerExchange exchange, byte[] body) {
        this.format = service.protocol() == Service.Protocol.REST_XML
                ? new RestBody.Xml(service.scope().equals("s3"))
                : new RestBody.Json();
        this.body = body;
        exchange.getQueryParameters().forEach((name, values) -> query.put(name, new ArrayList<>(values)));
        exchange.getRequestHeaders()
                .forEach(values -> headers.put(values.getHeaderName().toString(), values.getFirst()));
        String method = exchange.getRequestMethod().toString();
        this.call = method + " " + exchange.getRequestPath();
        this.called = called(service, method, exchange.getRequestURI());
    }

    private Optional<Called> called(Service service, String method, String rawPath) {
        Map<String, String> first = new TreeMap<>();
        query.forEach((name, values) -> first.put(name, values.get(0)));
        List<Called> matching = new ArrayList<>();
        for (Operation operation : service.operations()) {
            operation
                    .binding()
                    .ifPresent(binding -> binding.match(method, rawPath, first)
                            .ifPresent(path -> matching.add(
                                    new Called(operation, binding.query().size(), path))));
        }
        return matching.stream().max(Comparator.comparingInt(Called::restrictions));
    }

    @Override
    public String operation() {
        return called.map(found -> found.operation().name()).orElse(call);
    }

    @Override
    public void fill(SdkPojo builder) {
        Map<String, String> path = called.map(Called::path).orElse(Map.of());
        List<SdkField<?>> inBody = new ArrayList<>();
        for (SdkField<?> field : builder.sdkFields()) {
            String name = field.locationName();
            switch (field.location()) {
                case PATH, GREEDY_PATH -> scalar(builder, field, Optional.ofNullable(path.get(name)));
                case QUERY_PARAM -> query(builder, field, query.getOrDefault(name, List.of()));
                case HEADER -> scalar(builder, field, Optional.ofNullable(headers.get(name)));
                case PAYLOAD -> inBody.add(field);
                case STATUS_CODE -> throw new IllegalStateException("a request has no status");
            }
        }
        if (body.length > 0) {
            inBody(builder, inBody);
        }
    }

    private void inBody(SdkPojo builder, List<SdkField<?>> fields) {
        for (SdkField<?> field : fields) {
            if (field.containsTrait(PayloadTrait.class)) {
                SdkPojo payload = field.constructor().get();
                format.read(body, payload);
                field.set(builder, ((Buildable) payload).build());
                return;
            }
        }
        format.read(body, builder);
    }

    private static void query(SdkPojo builder, SdkField<?> field, List<String> values) {
        if (field.marshallingType().getKnownType() == MarshallingKnownType.LIST) {
            if (!values.isEmpty()) {
                MarshallingKnownType type = field.getRequiredTrait(ListTrait.class)
                        .memberFieldInfo()
                        .marshallingType()
                        .getKnownType();
                field.set(
                        builder,
                        values.stream()
                                .map(each -> Scalars.parse(field.locationName(), type, each))
                                .toList());
            }
        } else {
            scalar(builder, field, values.stream().findFirst());
        }
    }

    private static void scalar(SdkPojo builder, SdkField<?> field, Optional<String> text) {
        MarshallingKnownType type = field.marshallingType().getKnownType();
        if (type != MarshallingKnownType.MAP && type != MarshallingKnownType.LIST) {
            text.ifPresent(given -> field.set(builder, Scalars.parse(field.locationName(), type, given)));
        }
    }

    @Override
    public Answer response(Service service, SdkPojo response, String requestId) {
        Map<String, String> answered = new LinkedHashMap<>();
        answered.put("Content-Type", format.contentType());
        int status = 200;
        for (SdkField<?> field : response.sdkFields()) {
            Object value = field.getValueOrDefault(response);
            if (value == null) {
                continue;
            }
            if (field.location() == MarshallLocation.HEADER && !(value instanceof Map)) {
                answered.put(
                        field.locationName(), value instanceof Instant at ? HTTP_DATE.format(at) : Scalars.text(value));
            } else if (field.location() == MarshallLocation.STATUS_CODE) {
                status = (Integer) value;
            } else if (field.containsTrait(PayloadTrait.class)) {
                return new Answer(status, answered, format.write(field.locationName(), service, (SdkPojo) value));
            }
        }
        return new Answer(status, answered, format.write(operation() + "Response", service, response));
    }

    @Override
    public Answer error(AwsFault fault, String requestId) {
        return format.error(fault, requestId);
    }
}
