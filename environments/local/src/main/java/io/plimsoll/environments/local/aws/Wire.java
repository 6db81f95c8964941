package io.plimsoll.environments.local.aws;

import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/** One request in the protocol it came in. */
interface Wire {
    /** Name of the operation that is called. */
    String operation();

    /** Sets the fields of the operation's request. */
    void fill(SdkPojo builder);

    /** A response's body. */
    byte[] response(Service service, SdkPojo response, String requestId);

    /** An error's body. */
    byte[] error(AwsFault fault, String requestId);

    /** Headers of the response, Content-Type among them. */
    Map<String, String> headers();

    /** Headers an error has beyond those. */
    default Map<String, String> headers(AwsFault fault) {
        return Map.of();
    }
}
