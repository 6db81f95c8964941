package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.aws.ObservationException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

class AwsCallsTest {
    private final FakeTime time = new FakeTime();
    private final AwsCalls calls = AwsCalls.unbounded(time);

    private ObservationException thrown(RuntimeException error) {
        try {
            calls.call("rds:DescribeDBInstances", () -> {
                throw error;
            });
        } catch (ObservationException e) {
            return e;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("nothing was thrown");
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, REFUSED, permission rds:DescribeDBInstances is missing (AccessDenied: why)",
        "400, AccessDeniedException, REFUSED, permission rds:DescribeDBInstances is missing (AccessDeniedException: why)",
        "403, UnauthorizedOperation, REFUSED, permission rds:DescribeDBInstances is missing (UnauthorizedOperation: why)",
        "403, SomethingNew, REFUSED, permission rds:DescribeDBInstances is missing (SomethingNew: why)",
        "403, ExpiredToken, REFUSED, the credentials are not accepted for rds:DescribeDBInstances (ExpiredToken: why)",
        "400, Throttling, THROTTLED, rds:DescribeDBInstances was throttled (Throttling: why)",
        "404, DBInstanceNotFound, NOT_FOUND, rds:DescribeDBInstances failed (DBInstanceNotFound: why)",
        "500, InternalFailure, FAILED, rds:DescribeDBInstances failed (InternalFailure: why)",
    })
    void anErrorOfTheServiceBecomesASentence(int status, String code, Reason reason, String sentence) {
        ObservationException e = thrown(AwsErrors.of(status, code, " why\n"));
        assertThat(e.reason()).isEqualTo(reason);
        assertThat(e).hasMessage(sentence);
    }

    @Test
    void noAnswerInTimeIsSaidSo() {
        assertThat(thrown(ApiCallTimeoutException.create(20_000)))
                .hasMessage("rds:DescribeDBInstances failed: no answer in time");
    }

    @Test
    void noWayToTheServiceIsSaidSo() {
        assertThat(thrown(SdkClientException.create("Connection refused")))
                .hasMessage("rds:DescribeDBInstances failed: Connection refused");
    }

    @Test
    void anAbortedCallIsAnInterruption() {
        assertThatThrownBy(() -> calls.call("rds:DescribeDBInstances", () -> {
                    Thread.currentThread().interrupt();
                    throw AbortedException.create("interrupted");
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anInterruptedThreadCallsNobody() {
        List<String> called = new ArrayList<>();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> calls.call("rds:DescribeDBInstances", () -> called.add("x")))
                .isInstanceOf(InterruptedException.class);
        assertThat(called).isEmpty();
    }

    @Test
    void noCallBeginsAtTheDeadline() throws InterruptedException {
        AwsCalls bounded = AwsCalls.until(FakeTime.START.plusSeconds(15), time);
        time.sleep(Duration.ofMillis(14_999));
        assertThat(bounded.call("rds:DescribeDBInstances", () -> "answer")).isEqualTo("answer");
        time.sleep(Duration.ofMillis(1));
        assertThatThrownBy(() -> bounded.call("rds:DescribeDBInstances", () -> "answer"))
                .hasMessage("rds:DescribeDBInstances was not asked: the settle deadline had passed");
    }

    @Test
    void everyPageIsFetchedOnce() throws InterruptedException {
        List<String> pages =
                calls.pages("x:Y", token -> token == null ? "1" : token, page -> page.equals("3") ? "" : next(page));
        assertThat(pages).containsExactly("1", "2", "3");
    }

    @Test
    void aPageTokenThatComesBackEndsThePaging() {
        assertThatThrownBy(() -> calls.pages("x:Y", token -> "page", page -> "same"))
                .hasMessage("x:Y failed: it gave the same page token twice");
    }

    private static String next(String page) {
        return String.valueOf(Integer.parseInt(page) + 1);
    }
}
