package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.environments.aws.LiveSnapshot.Targets;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TargetHealthWatchTest {
    private final FakeTime time = new FakeTime();
    private final FakeAws aws = new FakeAws(time);
    private final FakeStack stack = new FakeStack(aws);
    private TargetHealthWatch watch = watch();

    private TargetHealthWatch watch() {
        Resource group = Resource.of(
                ResourceKind.TARGET_GROUP,
                FakeStack.TARGET_GROUP,
                Map.of("arn", FakeStack.ARN + FakeStack.TARGET_GROUP));
        return new TargetHealthWatch(aws.services().loadBalancing(), AwsCalls.unbounded(time), List.of(group));
    }

    private void pollAfter(long millis) throws InterruptedException {
        time.sleep(Duration.ofMillis(millis));
        watch.poll();
    }

    private Event last() {
        List<Event> events = watch.events();
        return events.get(events.size() - 1);
    }

    @BeforeEach
    void begin() {
        watch = watch();
    }

    @Test
    void beforeTheFirstPollNothingIsKnown() {
        assertThat(watch.latest()).isEmpty();
        assertThat(watch.events()).isEmpty();
    }

    @Test
    void whatTheFirstPollSeesHasNoBoundInTime() throws InterruptedException {
        watch.poll();
        assertThat(watch.events()).hasSize(1);
        assertThat(last().at()).isEqualTo(FakeTime.START);
        assertThat(last().kind()).isEqualTo(Event.Kind.TARGET_HEALTH);
        assertThat(last().resource()).isEqualTo(FakeStack.FIRST);
        assertThat(last().details())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "from", "absent", "to", "healthy", "target-group", FakeStack.TARGET_GROUP, "port", "8080"));
    }

    @Test
    void aTransitionLiesWithinTheMeasuredTimeSinceTheLastPoll() throws InterruptedException {
        watch.poll();
        stack.targets.put(FakeStack.SECOND, "initial");
        pollAfter(500);
        assertThat(last().details()).containsEntry("from", "absent").containsEntry("within-seconds", "0.500");
        stack.targets.put(FakeStack.SECOND, "healthy");
        pollAfter(730);
        assertThat(last().at()).isEqualTo(FakeTime.START.plusMillis(1230));
        assertThat(last().summary()).isEqualTo(FakeStack.SECOND + ": initial to healthy");
        assertThat(last().details())
                .containsEntry("from", "initial")
                .containsEntry("to", "healthy")
                .containsEntry("within-seconds", "0.730");
        assertThat(watch.latest()).contains(new Targets(2, 2));
    }

    @Test
    void replicasBehindANetworkLoadBalancerAreNoInstances() throws InterruptedException {
        TargetHealthWatch both = new TargetHealthWatch(
                aws.services().loadBalancing(),
                AwsCalls.unbounded(time),
                List.of(
                        Resource.of(ResourceKind.TARGET_GROUP, "targetgroup/web/1", Map.of("protocol", "HTTP")),
                        Resource.of(ResourceKind.TARGET_GROUP, "targetgroup/replicas/2", Map.of("protocol", "TCP"))));

        both.poll();

        assertThat(both.events()).hasSize(2);
        assertThat(both.latest()).contains(new Targets(1, 1));
    }

    @Test
    void theTimeOfTheCallItselfCounts() throws InterruptedException {
        watch.poll();
        stack.targets.put(FakeStack.FIRST, "unhealthy");
        var answer = aws.targetHealth;
        aws.targetHealth = request -> {
            time.sleep(Duration.ofMillis(200));
            return answer.apply(request);
        };
        pollAfter(500);
        assertThat(last().details()).containsEntry("within-seconds", "0.700");
        stack.targets.put(FakeStack.FIRST, "healthy");
        pollAfter(300);
        assertThat(last().details()).containsEntry("within-seconds", "0.700");
    }

    @Test
    void aTargetThatIsGoneIsAbsent() throws InterruptedException {
        watch.poll();
        stack.targets.put(FakeStack.FIRST, "draining");
        pollAfter(500);
        stack.targets.clear();
        pollAfter(500);
        assertThat(last().details()).containsEntry("from", "draining").containsEntry("to", "absent");
        assertThat(watch.latest()).contains(new Targets(0, 0));
    }

    @Test
    void aTargetThatDoesNotChangeIsNoEvent() throws InterruptedException {
        watch.poll();
        pollAfter(500);
        assertThat(watch.events()).hasSize(1);
    }

    @Test
    void failedPollsWidenTheErrorBarAndAreAProblem() throws InterruptedException {
        watch.poll();
        var answer = aws.targetHealth;
        aws.targetHealth = request -> {
            throw AwsErrors.throttled();
        };
        pollAfter(500);
        pollAfter(500);
        aws.targetHealth = answer;
        stack.targets.put(FakeStack.FIRST, "unhealthy");
        pollAfter(500);
        assertThat(last().details()).containsEntry("within-seconds", "1.500");
        assertThat(watch.problems())
                .containsExactly("target health of " + FakeStack.TARGET_GROUP
                        + ": 2 polls failed from 2026-11-24T10:00:00.500Z to 2026-11-24T10:00:01Z:"
                        + " elasticloadbalancing:DescribeTargetHealth was throttled (Throttling: Rate exceeded)");
    }
}
