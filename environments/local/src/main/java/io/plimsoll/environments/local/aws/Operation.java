package io.plimsoll.environments.local.aws;

import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * An operation of an AWS service.
 *
 * @param name such as {@code DescribeAlarms}
 * @param request makes a builder of its request
 * @param handler answers a built request
 */
record Operation(String name, Supplier<SdkPojo> request, Function<Object, SdkPojo> handler) {
    /** An operation by the SDK's types: its name is that of the request's class. */
    static <Q, B extends SdkBuilder<B, Q>> Operation of(
            Class<Q> type, Supplier<? extends B> builder, Function<Q, ? extends SdkPojo> handler) {
        String name = type.getSimpleName();
        return new Operation(
                name.substring(0, name.length() - "Request".length()),
                () -> (SdkPojo) builder.get(),
                request -> handler.apply(type.cast(request)));
    }

    /** Answers the request that a filled builder describes. */
    SdkPojo answer(SdkPojo filledBuilder) {
        return handler.apply(((SdkBuilder<?, ?>) filledBuilder).build());
    }
}
