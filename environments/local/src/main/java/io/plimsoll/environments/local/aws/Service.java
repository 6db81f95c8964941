package io.plimsoll.environments.local.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An AWS service and the operations of it that are offered here. */
final class Service {
    private final String scope;
    private final String iamPrefix;
    private final String xmlNamespace;
    private final Map<String, Operation> operations;

    /**
     * A service.
     *
     * @param scope its name in the credential scope, such as {@code monitoring}
     * @param iamPrefix its name in IAM actions, such as {@code cloudwatch}
     * @param xmlNamespace of its responses; ends with its API version and possibly a slash
     */
    Service(String scope, String iamPrefix, String xmlNamespace, List<Operation> operations) {
        this.scope = scope;
        this.iamPrefix = iamPrefix;
        this.xmlNamespace = xmlNamespace;
        this.operations = operations.stream().collect(Collectors.toMap(Operation::name, Function.identity()));
    }

    String scope() {
        return scope;
    }

    /** The IAM action of an operation, such as {@code cloudwatch:GetMetricData}. */
    String action(String operation) {
        return iamPrefix + ":" + operation;
    }

    String xmlNamespace() {
        return xmlNamespace;
    }

    boolean speaksEc2() {
        return scope.equals("ec2");
    }

    Optional<Operation> operation(String name) {
        return Optional.ofNullable(operations.get(name));
    }

    /** The error for an operation that is not offered. */
    AwsFault unknown(String operation) {
        String path = xmlNamespace.endsWith("/") ? xmlNamespace.substring(0, xmlNamespace.length() - 1) : xmlNamespace;
        String version = path.substring(path.lastIndexOf('/') + 1);
        return AwsFault.badRequest(
                "InvalidAction", "Could not find operation " + operation + " for version " + version);
    }
}
