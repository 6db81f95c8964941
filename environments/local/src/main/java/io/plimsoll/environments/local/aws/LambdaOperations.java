package io.plimsoll.environments.local.aws;

import java.util.List;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.ListFunctionsRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;

/** Lambda: the stack has no function. */
final class LambdaOperations {
    Service service() {
        return Service.restJson(
                "lambda",
                "lambda",
                List.of(
                        Operation.rest(
                                "GetFunctionConfiguration",
                                "GET /2015-03-31/functions/{FunctionName}/configuration",
                                GetFunctionConfigurationRequest::builder,
                                LambdaOperations::missing),
                        Operation.rest(
                                "ListFunctions",
                                "GET /2015-03-31/functions",
                                ListFunctionsRequest::builder,
                                request -> ListFunctionsResponse.builder()
                                        .functions(List.of())
                                        .build())));
    }

    private static GetFunctionConfigurationResponse missing(GetFunctionConfigurationRequest request) {
        throw AwsFault.notFound("ResourceNotFoundException", "Function not found: " + request.functionName());
    }
}
