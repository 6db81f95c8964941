package io.plimsoll.environments.local.balancer;

import io.plimsoll.environments.local.process.LoopbackPorts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Asks a target whether it is well. */
final class HealthProbe {
    /** Path of the health check. */
    static final String PATH = "/health";

    private final HttpClient client;
    private final Duration timeout;

    HealthProbe(Duration timeout, Executor executor) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(executor)
                .connectTimeout(timeout)
                .build();
    }

    /** One check; completes within the timeout, never exceptionally. */
    CompletableFuture<HealthState.Check> check(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + LoopbackPorts.ADDRESS + ":" + port + PATH))
                .header("User-Agent", "ELB-HealthChecker/2.0")
                .timeout(timeout)
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((response, failure) -> failure == null ? judge(response.statusCode()) : judge(failure));
    }

    private static HealthState.Check judge(int status) {
        return status == 200
                ? HealthState.Check.PASSED
                : new HealthState.Check(
                        false,
                        "Target.ResponseCodeMismatch",
                        "Health checks failed with these codes: [" + status + "]");
    }

    private static HealthState.Check judge(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof HttpTimeoutException
                ? new HealthState.Check(false, "Target.Timeout", "Request timed out")
                : new HealthState.Check(false, "Target.FailedHealthChecks", "Health checks failed");
    }
}
