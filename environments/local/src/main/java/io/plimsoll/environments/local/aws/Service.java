package io.plimsoll.environments.local.aws;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An AWS service and the operations of it that are offered here. */
final class Service {
    /** AWS' wire protocols. A service of forms is also answered in JSON and CBOR, as CloudWatch is. */
    enum Protocol {
        QUERY,
        EC2,
        JSON,
        REST_XML,
        REST_JSON
    }

    private final Protocol protocol;
    private final String scope;
    private final String iamPrefix;
    private final String namespace;
    private final Map<String, Operation> operations;

    private Service(Protocol protocol, String scope, String iamPrefix, String namespace, List<Operation> operations) {
        this.protocol = protocol;
        this.scope = scope;
        this.iamPrefix = iamPrefix;
        this.namespace = namespace;
        this.operations = operations.stream().collect(Collectors.toMap(Operation::name, Function.identity()));
    }

    /**
     * A service that speaks AWS Query, or EC2 Query if it is EC2.
     *
     * @param scope its name in the credential scope, such as {@code monitoring}
     * @param iamPrefix its name in IAM actions, such as {@code cloudwatch}
     * @param xmlNamespace of its responses; ends with its API version and possibly a slash
     */
    Service(String scope, String iamPrefix, String xmlNamespace, List<Operation> operations) {
        this(scope.equals("ec2") ? Protocol.EC2 : Protocol.QUERY, scope, iamPrefix, xmlNamespace, operations);
    }

    /**
     * A service that speaks JSON 1.0 or 1.1.
     *
     * @param shapes what precedes the codes of its errors, such as {@code com.amazonaws.cloudtrail.v20131101}
     */
    static Service json(String scope, String iamPrefix, String shapes, List<Operation> operations) {
        return new Service(Protocol.JSON, scope, iamPrefix, shapes, operations);
    }

    /** A service that speaks REST-XML; its operations have bindings. */
    static Service restXml(String scope, String iamPrefix, String xmlNamespace, List<Operation> operations) {
        return new Service(Protocol.REST_XML, scope, iamPrefix, xmlNamespace, operations);
    }

    /** A service that speaks REST-JSON; its operations have bindings. */
    static Service restJson(String scope, String iamPrefix, List<Operation> operations) {
        return new Service(Protocol.REST_JSON, scope, iamPrefix, "", operations);
    }

    Protocol protocol() {
        return protocol;
    }

    String scope() {
        return scope;
    }

    /** The IAM action of an operation, such as {@code cloudwatch:GetMetricData}. */
    String action(String operation) {
        return iamPrefix + ":" + operation;
    }

    /** Its name in CloudTrail, such as {@code autoscaling.amazonaws.com}. */
    String eventSource() {
        return scope + ".amazonaws.com";
    }

    String xmlNamespace() {
        return namespace;
    }

    /** What precedes the codes of its errors in JSON and CBOR. */
    String shapes() {
        return protocol == Protocol.JSON
                ? namespace + "#"
                : "com.amazonaws." + iamPrefix + ".v" + version().replace('-', '_') + "#";
    }

    private String version() {
        String path = namespace.endsWith("/") ? namespace.substring(0, namespace.length() - 1) : namespace;
        return path.substring(path.lastIndexOf('/') + 1);
    }

    Optional<Operation> operation(String name) {
        return Optional.ofNullable(operations.get(name));
    }

    Collection<Operation> operations() {
        return operations.values();
    }

    /** The error for an operation that is not offered. */
    AwsFault unknown(String operation) {
        return switch (protocol) {
            case QUERY, EC2 ->
                AwsFault.badRequest(
                        "InvalidAction", "Could not find operation " + operation + " for version " + version());
            case JSON -> AwsFault.badRequest("UnknownOperationException", "Unknown operation " + operation);
            case REST_XML, REST_JSON ->
                AwsFault.notFound("UnknownOperationException", "Unknown operation " + operation);
        };
    }
}
