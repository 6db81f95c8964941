package io.plimsoll.environments.local.aws;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * An operation of an AWS service.
 *
 * @param name as it is on the wire, such as {@code DescribeDBInstances}
 * @param binding method and path of a REST operation; else empty
 * @param request makes a builder of its request
 * @param handler answers a filled builder
 */
record Operation(
        String name, Optional<RestBinding> binding, Supplier<SdkPojo> request, Function<SdkPojo, SdkPojo> handler) {
    /** An operation by the SDK's types. */
    static <Q, B extends SdkBuilder<?, Q> & SdkPojo> Operation of(
            String name, Supplier<B> builder, Function<Q, ? extends SdkPojo> handler) {
        return of(name, Optional.empty(), builder, handler);
    }

    /**
     * An operation of a REST service.
     *
     * @param binding such as {@code GET /{Bucket}?encryption}
     */
    static <Q, B extends SdkBuilder<?, Q> & SdkPojo> Operation rest(
            String name, String binding, Supplier<B> builder, Function<Q, ? extends SdkPojo> handler) {
        return of(name, Optional.of(RestBinding.parse(binding)), builder, handler);
    }

    private static <Q, B extends SdkBuilder<?, Q> & SdkPojo> Operation of(
            String name, Optional<RestBinding> binding, Supplier<B> builder, Function<Q, ? extends SdkPojo> handler) {
        return new Operation(name, binding, builder::get, filled -> {
            @SuppressWarnings("unchecked") // the codec fills what the supplier made
            B request = (B) filled;
            return handler.apply(request.build());
        });
    }

    /** Whether it changes nothing, by AWS' naming. */
    boolean isReadOnly() {
        return name.startsWith("Describe")
                || name.startsWith("Get")
                || name.startsWith("List")
                || name.startsWith("Lookup")
                || name.startsWith("Filter")
                || name.startsWith("Head");
    }
}
