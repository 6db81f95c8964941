package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.ObservationException.Reason;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Makes calls, all pages of them, and turns what goes wrong into sentences that name the permission. */
final class AwsCalls {
    private static final Set<String> DENIED =
            Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "OptInRequired");
    private static final Set<String> BAD_CREDENTIALS = Set.of(
            "AuthFailure",
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "MissingAuthenticationToken",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException");

    private static final Set<String> UNKNOWN_OPERATION =
            Set.of("InvalidAction", "UnknownOperationException", "UnknownOperation", "InvalidEndpoint");

    private final Clock clock;
    private final Optional<Instant> deadline;

    private AwsCalls(Clock clock, Optional<Instant> deadline) {
        this.clock = clock;
        this.deadline = deadline;
    }

    static AwsCalls unbounded(Clock clock) {
        return new AwsCalls(clock, Optional.empty());
    }

    /** Calls of which none begins at or after the deadline. */
    static AwsCalls until(Instant deadline, Clock clock) {
        return new AwsCalls(clock, Optional.of(deadline));
    }

    Clock clock() {
        return clock;
    }

    /**
     * Makes one call.
     *
     * @param permission IAM action of the call, such as {@code cloudwatch:GetMetricData}
     * @throws ObservationException if there is no answer
     */
    <T> T call(String permission, Supplier<T> call) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(permission);
        }
        if (deadline.isPresent() && !clock.instant().isBefore(deadline.get())) {
            throw new ObservationException(
                    Reason.FAILED, permission + " was not asked: the settle deadline had passed");
        }
        try {
            return call.get();
        } catch (AbortedException e) {
            boolean cleared = Thread.interrupted();
            InterruptedException interrupted = new InterruptedException(permission + (cleared ? "" : " was aborted"));
            interrupted.initCause(e);
            throw interrupted;
        } catch (AwsServiceException e) {
            throw failure(permission, e);
        } catch (ApiCallTimeoutException | ApiCallAttemptTimeoutException e) {
            throw new ObservationException(Reason.FAILED, permission + " failed: no answer in time", e);
        } catch (SdkException e) {
            throw new ObservationException(Reason.FAILED, permission + " failed: " + oneLine(e.getMessage()), e);
        }
    }

    /**
     * Makes a call for each page.
     *
     * @param fetch asks for the page of a token; null asks for the first
     * @param next token of the page after a page; null or empty after the last
     */
    <P> List<P> pages(String permission, Function<@Nullable String, P> fetch, Function<P, @Nullable String> next)
            throws InterruptedException {
        List<P> pages = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        @Nullable String token = null;
        do {
            @Nullable String asked = token;
            P page = call(permission, () -> fetch.apply(asked));
            pages.add(page);
            token = next.apply(page);
            refuseRepeated(permission, token, seen);
        } while (token != null && !token.isEmpty());
        return pages;
    }

    /** A page token that comes back would page for ever. */
    static void refuseRepeated(String permission, @Nullable String token, Set<String> seen) {
        if (token != null && !token.isEmpty() && !seen.add(token)) {
            throw new ObservationException(Reason.FAILED, permission + " failed: it gave the same page token twice");
        }
    }

    private static ObservationException failure(String permission, AwsServiceException e) {
        String code = code(e);
        String said = code + ": " + message(e);
        if (BAD_CREDENTIALS.contains(code)) {
            return new ObservationException(
                    Reason.REFUSED, "the credentials are not accepted for " + permission + " (" + said + ")", e);
        }
        if (DENIED.contains(code) || e.statusCode() == 403) {
            return new ObservationException(
                    Reason.REFUSED, "permission " + permission + " is missing (" + said + ")", e);
        }
        if (e.isThrottlingException()) {
            return new ObservationException(Reason.THROTTLED, permission + " was throttled (" + said + ")", e);
        }
        if (UNKNOWN_OPERATION.contains(code)) {
            return new ObservationException(
                    Reason.UNSUPPORTED, "this endpoint does not offer " + permission + " (" + said + ")", e);
        }
        Reason reason =
                Stream.of("NotFound", "NotExist", "NonExistent", "NoSuch").anyMatch(code::contains)
                        ? Reason.NOT_FOUND
                        : Reason.FAILED;
        return new ObservationException(reason, permission + " failed (" + said + ")", e);
    }

    private static String code(AwsServiceException e) {
        return Optional.ofNullable(e.awsErrorDetails())
                .map(details -> details.errorCode())
                .orElse("status " + e.statusCode());
    }

    private static String message(AwsServiceException e) {
        return oneLine(Optional.ofNullable(e.awsErrorDetails())
                .map(details -> details.errorMessage())
                .orElse(e.getMessage()));
    }

    private static String oneLine(@Nullable String text) {
        return text == null
                ? "no message"
                : Secrets.withoutAccounts(Secrets.masked(text.strip().replaceAll("\\s+", " ")));
    }
}
