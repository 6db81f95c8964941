package io.plimsoll.environments.local.aws;

import java.util.List;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** STS: who the caller is taken for. */
final class IdentityOperations {
    private static final String USER_ID = "AIDALOCALPLIMSOLL000";

    Service service() {
        return new Service(
                "sts",
                "sts",
                "https://sts.amazonaws.com/doc/2011-06-15/",
                List.of(Operation.of("GetCallerIdentity", GetCallerIdentityRequest::builder, unused -> identity())));
    }

    private static GetCallerIdentityResponse identity() {
        return GetCallerIdentityResponse.builder()
                .account(Caller.ACCOUNT)
                .arn(Caller.USER)
                .userId(USER_ID)
                .build();
    }
}
