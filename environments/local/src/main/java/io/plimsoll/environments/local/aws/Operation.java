package io.plimsoll.environments.local.aws;

import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * An operation of an AWS service.
 *
 * @param name as it is on the wire, such as {@code DescribeDBInstances}
 * @param request makes a builder of its request
 * @param handler answers a filled builder
 */
record Operation(String name, Supplier<SdkPojo> request, Function<SdkPojo, SdkPojo> handler) {
    /** An operation by the SDK's types. */
    static <Q, B extends SdkBuilder<?, Q> & SdkPojo> Operation of(
            String name, Supplier<B> builder, Function<Q, ? extends SdkPojo> handler) {
        return new Operation(name, builder::get, filled -> {
            @SuppressWarnings("unchecked") // the codec fills what the supplier made
            B request = (B) filled;
            return handler.apply(request.build());
        });
    }
}
