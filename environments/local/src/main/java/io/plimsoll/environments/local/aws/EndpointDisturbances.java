package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.site.Disturbances;
import io.plimsoll.environments.local.site.Disturbances.Parameters;
import io.plimsoll.environments.local.site.Disturbances.Refused;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Faults of the endpoint that can be ordered while it answers. */
public final class EndpointDisturbances {
    private static final int LONGEST_DELAY_SECONDS = 3_600;
    private static final int RAREST = 1_000;
    private static final Pattern OPERATION = Pattern.compile("([a-z0-9]+:)?[A-Z][A-Za-z0-9]*");

    private EndpointDisturbances() {}

    /** Makes them known. */
    public static void register(Disturbances disturbances, EndpointFaults faults) {
        disturbances.register("endpoint-refuse", parameters -> {
            String operation = operation(parameters);
            faults.refuse(List.of(operation));
            return operation + " is denied";
        });
        disturbances.register("endpoint-throttle", parameters -> {
            String operation = operation(parameters);
            int every = parameters.whole("every", 0, RAREST);
            faults.throttle(operation, every);
            return operation + (every == 0 ? " is throttled" : " is answered once in " + every + " calls");
        });
        disturbances.register("endpoint-drop-pages", parameters -> {
            String operation = operation(parameters);
            faults.dropPages(operation);
            return operation + " has no page after its first";
        });
        disturbances.register("endpoint-delay-datapoints", parameters -> {
            int seconds = parameters.whole("seconds", 0, LONGEST_DELAY_SECONDS);
            faults.delayDatapoints(Duration.ofSeconds(seconds));
            return "datapoints come " + seconds + " s late";
        });
        disturbances.register("endpoint-expire-credentials", parameters -> {
            faults.expireCredentials(true);
            return "all credentials have expired";
        });
        disturbances.register("endpoint-heal", parameters -> {
            faults.clear();
            return "the endpoint has no faults";
        });
    }

    private static String operation(Parameters parameters) throws Refused {
        String operation = parameters.text("operation");
        if (!OPERATION.matcher(operation).matches()) {
            throw new Refused(
                    400,
                    "operation must be such as GetMetricData or cloudwatch:GetMetricData, was '" + operation + "'");
        }
        return operation;
    }
}
