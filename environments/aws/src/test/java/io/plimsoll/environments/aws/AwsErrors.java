package io.plimsoll.environments.aws;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Errors as AWS's services answer them. */
final class AwsErrors {
    private AwsErrors() {}

    static AwsServiceException of(int status, String code, String message) {
        return AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }

    static AwsServiceException denied(String permission) {
        return of(403, "AccessDenied", "User: load-test is not authorized to perform: " + permission);
    }

    static AwsServiceException throttled() {
        return of(400, "Throttling", "Rate exceeded");
    }
}
