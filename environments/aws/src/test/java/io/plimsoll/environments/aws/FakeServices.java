package io.plimsoll.environments.aws;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Services of which a test answers single operations; every other operation answers that there is nothing. */
final class FakeServices {
    private final Map<String, Function<Object, Object>> answers = new HashMap<>();

    /** Sets how an operation is answered, by the client's method name. */
    <Q, A> void on(String operation, Class<Q> request, Function<Q, A> answer) {
        answers.put(operation, asked -> answer.apply(request.cast(asked)));
    }

    /** The answer to a request. */
    <A> A answer(String operation, Object request, Class<A> response) {
        Function<Object, Object> answer = answers.get(operation);
        return response.cast(answer == null ? empty(response) : answer.apply(request));
    }

    /** A client of that service. */
    <C> C client(Class<C> service) {
        return service.cast(Proxy.newProxyInstance(
                service.getClassLoader(), new Class<?>[] {service}, (self, method, args) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    if (method.getName().equals("serviceName")) {
                        return service.getSimpleName().toLowerCase(Locale.ROOT);
                    }
                    if (args != null
                            && args.length == 1
                            && args[0] instanceof java.util.function.Consumer<?> consumer) {
                        return answer(
                                method.getName(),
                                built(method.getParameterTypes().length, method, consumer),
                                method.getReturnType());
                    }
                    return answer(method.getName(), args == null ? "" : args[0], method.getReturnType());
                }));
    }

    /** The request that a consumer of its builder makes; its class is the one the client's other overload takes. */
    private static Object built(
            int parameters, java.lang.reflect.Method method, java.util.function.Consumer<?> consumer) {
        for (java.lang.reflect.Method other : method.getDeclaringClass().getMethods()) {
            boolean overload = other.getName().equals(method.getName()) && other.getParameterCount() == parameters;
            if (overload && other.getParameterTypes()[0] != java.util.function.Consumer.class) {
                Object builder = invoke(other.getParameterTypes()[0], "builder");
                accept(consumer, builder);
                return build(builder);
            }
        }
        throw new IllegalStateException("no request type of " + method);
    }

    @SuppressWarnings("unchecked") // the consumer takes the builder of the request type found above
    private static void accept(java.util.function.Consumer<?> consumer, Object builder) {
        ((java.util.function.Consumer<Object>) consumer).accept(builder);
    }

    private static Object empty(Class<?> response) {
        return build(invoke(response, "builder"));
    }

    private static Object build(Object builder) {
        return ((software.amazon.awssdk.utils.builder.SdkBuilder<?, ?>) builder).build();
    }

    private static Object invoke(Class<?> type, String method) {
        try {
            return type.getMethod(method).invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalStateException(e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
