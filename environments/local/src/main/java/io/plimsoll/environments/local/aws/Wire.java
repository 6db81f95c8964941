package io.plimsoll.environments.local.aws;

import software.amazon.awssdk.core.SdkPojo;

/** One request in the protocol it came in. */
interface Wire {
    /** Name of the operation that is called. */
    String operation();

    /** Sets the fields of the operation's request. */
    void fill(SdkPojo builder);

    /** The answer that a response is. */
    Answer response(Service service, SdkPojo response, String requestId);

    /** The answer that an error is. */
    Answer error(AwsFault fault, String requestId);
}
