package io.plimsoll.environments.local.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkPojo;

/** AWS Query and EC2 Query: a form goes in, XML comes out. */
final class FormWire implements Wire {
    private final Map<String, String> parameters;
    private final boolean ec2;

    FormWire(String form, boolean ec2) {
        this.parameters = parse(form);
        this.ec2 = ec2;
    }

    private static Map<String, String> parse(String form) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw AwsFault.badRequest("MalformedQueryString", "'" + text + "' is not URL-encoded");
        }
    }

    @Override
    public String operation() {
        String action = parameters.get("Action");
        if (action == null || action.isBlank()) {
            throw AwsFault.badRequest("MissingAction", "The request must contain the parameter Action");
        }
        return action;
    }

    @Override
    public void fill(SdkPojo builder) {
        new QueryReader(parameters).fill(builder);
    }

    @Override
    public Answer response(Service service, SdkPojo response, String requestId) {
        return Answer.ok(
                headers(),
                ec2
                        ? XmlWriter.ec2(operation(), service.xmlNamespace(), response, requestId)
                        : XmlWriter.query(operation(), service.xmlNamespace(), response, requestId));
    }

    @Override
    public Answer error(AwsFault fault, String requestId) {
        return new Answer(
                fault.httpStatus(),
                headers(),
                ec2 ? XmlWriter.ec2Error(fault, requestId) : XmlWriter.queryError(fault, requestId));
    }

    private Map<String, String> headers() {
        return Map.of("Content-Type", ec2 ? "text/xml;charset=UTF-8" : "text/xml");
    }
}
