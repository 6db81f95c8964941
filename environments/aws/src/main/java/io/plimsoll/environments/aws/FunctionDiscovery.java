package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.util.List;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.ListEventSourceMappingsResponse;

/** Describes Lambda functions, and the queues that call them. Their environment variables are never kept. */
record FunctionDiscovery(LambdaClient client, AwsCalls calls) {
    /** A function. */
    Resource find(String name) throws InterruptedException {
        GetFunctionConfigurationResponse function = calls.call(
                "lambda:GetFunctionConfiguration",
                () -> client.getFunctionConfiguration(request -> request.functionName(name)));
        List<String> sources = sources(name);
        return new Facts()
                .with("arn", function.functionArn())
                .with("state", function.stateAsString())
                .with("runtime", function.runtimeAsString())
                .with("memory-mb", function.memorySize())
                .with("timeout-seconds", function.timeout())
                .with("code", function.codeSha256())
                .with("architecture", function.architecturesAsStrings())
                // Changes with anything of it, variables and layers among it (API reference, FunctionConfiguration).
                .with("revision", function.revisionId())
                .with("called-by", sources)
                .of(ResourceKind.FUNCTION, name);
    }

    /** ARNs of the queues and streams whose messages call a function. */
    private List<String> sources(String name) throws InterruptedException {
        List<ListEventSourceMappingsResponse> pages = calls.pages(
                "lambda:ListEventSourceMappings",
                token -> client.listEventSourceMappings(
                        request -> request.functionName(name).marker(token)),
                ListEventSourceMappingsResponse::nextMarker);
        return pages.stream()
                .flatMap(page -> page.eventSourceMappings().stream())
                .map(EventSourceMappingConfiguration::eventSourceArn)
                .filter(arn -> arn != null && !arn.isEmpty())
                .toList();
    }
}
