package io.plimsoll.environments.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.plimsoll.environments.aws.LiveSnapshot.ReplicaLag;
import io.plimsoll.environments.aws.LiveSnapshot.Targets;
import io.plimsoll.results.observation.Event;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import io.plimsoll.results.observation.Sample;
import io.plimsoll.results.observation.Series;
import io.plimsoll.results.observation.Series.Completeness;
import io.plimsoll.results.observation.TimeWindow;
import io.plimsoll.results.observation.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryResponse;

class CollectorTest {
    private final FakeTime time = new FakeTime();
    private final FakeAws aws = new FakeAws(time);
    private final FakeStack stack = new FakeStack(aws);
    private final Rounds rounds = new Rounds();
    private final Collector collector = new Collector(aws.clients(), Descriptors.embedded(), time, rounds);

    /** Lets the watching thread go round once at a time; other threads just let time pass. */
    private final class Rounds implements Sleeper {
        private final Semaphore done = new Semaphore(0);
        private final Semaphore next = new Semaphore(0);

        private volatile Optional<Thread> observer = Optional.empty();

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            if (Thread.currentThread().getName().equals("plimsoll-observer")) {
                observer = Optional.of(Thread.currentThread());
                done.release();
                next.acquire();
            }
            time.sleep(duration);
        }

        void awaitDone() throws InterruptedException {
            assertThat(done.tryAcquire(30, TimeUnit.SECONDS))
                    .as("a round within 30 s")
                    .isTrue();
        }

        void another() throws InterruptedException {
            next.release();
            awaitDone();
        }
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    private Topology start() throws InterruptedException {
        Topology topology = new TopologyDiscovery(aws.clients(), Descriptors.embedded()).discover();
        collector.start(topology);
        rounds.awaitDone();
        return topology;
    }

    private TimeWindow window() {
        return new TimeWindow(FakeTime.START, time.instant().plusSeconds(1));
    }

    private void scaleOut() {
        stack.targets.put(FakeStack.SECOND, "initial");
        Instant start = time.instant();
        aws.activities = request -> DescribeScalingActivitiesResponse.builder()
                .activities(Activity.builder()
                        .activityId("a-1")
                        .autoScalingGroupName(request.autoScalingGroupName())
                        .description("Launching a new EC2 instance: " + FakeStack.SECOND)
                        .statusCode("Successful")
                        .startTime(start)
                        .endTime(start.plusMillis(400))
                        .build())
                .build();
        aws.alarmHistory = request -> DescribeAlarmHistoryResponse.builder()
                .alarmHistoryItems(AlarmHistoryItem.builder()
                        .alarmName(request.alarmName())
                        .timestamp(start)
                        .historyItemType("StateUpdate")
                        .historySummary("Alarm updated from OK to ALARM")
                        .build())
                .build();
    }

    @Test
    void aScaleOutIsSeenFromAlarmToHealthy() throws InterruptedException {
        start();
        scaleOut();
        rounds.another();
        stack.targets.put(FakeStack.SECOND, "healthy");
        rounds.another();
        Observations seen = collector.finish(window());
        assertThat(seen.events())
                .extracting(Event::kind, Event::summary)
                .containsExactly(
                        tuple(Event.Kind.ALARM, "TargetTracking-shop-group-AlarmHigh: OK to ALARM"),
                        tuple(
                                Event.Kind.SCALING_ACTIVITY,
                                "Launching a new EC2 instance: " + FakeStack.SECOND + " (Successful)"),
                        tuple(Event.Kind.TARGET_HEALTH, FakeStack.FIRST + ": absent to healthy"),
                        tuple(Event.Kind.TARGET_HEALTH, FakeStack.SECOND + ": absent to initial"),
                        tuple(Event.Kind.TARGET_HEALTH, FakeStack.SECOND + ": initial to healthy"));
        assertThat(seen.topologyAtEnd().of(ResourceKind.INSTANCE))
                .extracting(Resource::id)
                .containsExactly(FakeStack.FIRST, FakeStack.SECOND);
        assertThat(seen.collection().settled()).isTrue();
        assertThat(seen.collection().problems()).isEmpty();
    }

    @Test
    void everyMetricOfEveryPartIsAskedForInTheOrderOfNameAndResource() throws InterruptedException {
        start();
        List<Series> series = collector.finish(window()).series();
        assertThat(series)
                .isSortedAccordingTo(Comparator.comparing(Series::name).thenComparing(Series::resource));
        assertThat(series).hasSize(22);
        assertThat(series).extracting(Series::completeness).containsOnly(Completeness.COMPLETE);
        assertThat(series).allSatisfy(one -> assertThat(one.samples()).containsExactly(new Sample(FakeTime.START, 42)));
    }

    @Test
    void theMetricsAskedForAreCountedAndPriced() throws InterruptedException {
        start();
        Observations seen = collector.finish(window());
        // 1 of the live line, one pull of 22, and one of the 8 that speak for the others.
        assertThat(seen.collection().metricsRequested()).isEqualTo(31);
        assertThat(seen.collection().costUsd()).isEqualTo(0.00031);
    }

    @Test
    void anInstanceThatCameAndWentIsPartOfTheStack() throws InterruptedException {
        start();
        scaleOut();
        rounds.another();
        stack.targets.remove(FakeStack.SECOND);
        rounds.another();
        Observations seen = collector.finish(window());
        assertThat(seen.topologyAtEnd().of(ResourceKind.INSTANCE))
                .extracting(Resource::id)
                .contains(FakeStack.SECOND);
        assertThat(seen.series())
                .filteredOn(series -> series.name().equals("host cpu"))
                .extracting(Series::resource)
                .containsExactly(FakeStack.FIRST, FakeStack.SECOND);
    }

    @Test
    void oneServiceThatRefusesDoesNotSpoilTheOthers() throws InterruptedException {
        start();
        aws.metricData = request -> {
            throw AwsErrors.denied("cloudwatch:GetMetricData");
        };
        aws.databases = request -> {
            throw AwsErrors.denied("rds:DescribeDBInstances");
        };
        scaleOut();
        rounds.another();
        Observations seen = collector.finish(window());
        assertThat(seen.series()).extracting(Series::completeness).containsOnly(Completeness.REFUSED);
        assertThat(seen.topologyAtEnd().of(ResourceKind.REPLICA)).hasSize(1);
        assertThat(seen.events()).extracting(Event::kind).contains(Event.Kind.SCALING_ACTIVITY, Event.Kind.ALARM);
        assertThat(seen.collection().problems())
                .containsExactly(
                        "find.database: permission rds:DescribeDBInstances is missing (AccessDenied: User: load-test is not"
                                + " authorized to perform: rds:DescribeDBInstances)",
                        "23 of 23 metric series, such as 'cache connections' of shop-cache, are REFUSED: permission"
                                + " cloudwatch:GetMetricData is missing (AccessDenied: User: load-test is not authorized to"
                                + " perform: cloudwatch:GetMetricData)");
    }

    @Test
    void everythingThrottledToTheEndStillEndsAtTheDeadline() throws InterruptedException {
        start();
        aws.metricData = request -> {
            throw AwsErrors.throttled();
        };
        Instant begun = time.instant();
        Observations seen = collector.finish(window());
        assertThat(Duration.between(begun, time.instant())).isLessThanOrEqualTo(Duration.ofSeconds(15));
        assertThat(seen.collection().settled()).isFalse();
        assertThat(seen.series()).extracting(Series::completeness).containsOnly(Completeness.FAILED);
    }

    @Test
    void theLiveSnapshotShowsTargetsCapacityAndLag() throws InterruptedException {
        assertThat(collector.live()).isEmpty();
        aws.metricData = request -> FakeStack.answer(request, 0.4);
        start();
        stack.targets.put(FakeStack.SECOND, "initial");
        rounds.another();
        rounds.another();
        LiveSnapshot live = collector.live().orElseThrow();
        assertThat(live.targets()).contains(new Targets(2, 1));
        assertThat(live.desiredCapacity()).contains(2);
        assertThat(live.replicas()).contains(new ReplicaLag(0.4, 0));
        assertThat(live.at()).isEqualTo(FakeTime.START.plusSeconds(1));
    }

    @Test
    void capacityAndLagAreRefreshedOnceASecondAtMost() throws InterruptedException {
        start();
        assertThat(aws.metricRequests).hasSize(1);
        stack.targets.put(FakeStack.SECOND, "initial");
        rounds.another(); // half a second later
        assertThat(collector.live().orElseThrow().desiredCapacity()).contains(1);
        assertThat(aws.metricRequests).hasSize(1);
        rounds.another(); // a second later
        assertThat(collector.live().orElseThrow().desiredCapacity()).contains(2);
        assertThat(aws.metricRequests).hasSize(2);
    }

    @Test
    void aReplicaThatStoppedIsShownAsStoppedAndNotAsALag() throws InterruptedException {
        aws.metricData = request -> FakeStack.answer(request, -1);
        start();
        assertThat(collector.live().orElseThrow().replicas()).contains(new ReplicaLag(0, 1));
    }

    @Test
    void whatTheLiveLineCannotReadIsLeftOutOfIt() throws InterruptedException {
        aws.metricData = request -> {
            throw AwsErrors.denied("cloudwatch:GetMetricData");
        };
        start();
        LiveSnapshot live = collector.live().orElseThrow();
        assertThat(live.replicas()).isEmpty();
        assertThat(live.desiredCapacity()).contains(1);
    }

    @Test
    void watchingThatBreaksIsAProblem() throws InterruptedException {
        Topology topology = new TopologyDiscovery(aws.clients(), Descriptors.embedded()).discover();
        Semaphore broken = new Semaphore(0);
        var answer = aws.targetHealth;
        aws.targetHealth = request -> {
            broken.release();
            throw new IllegalStateException("broken");
        };
        collector.start(topology);
        assertThat(broken.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        aws.targetHealth = answer;
        assertThat(collector.finish(window()).collection().problems())
                .containsExactly("target health was watched only until 2026-11-24T10:00:00Z:"
                        + " java.lang.IllegalStateException: broken");
    }

    @Test
    void closingEndsItsThreadWhichIsADaemon() throws InterruptedException {
        start();
        Thread observer = rounds.observer.orElseThrow();
        assertThat(observer.isDaemon()).isTrue();
        collector.close();
        observer.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(observer.isAlive()).isFalse();
    }

    @Test
    void itIsStartedOnceAndFinishedOnlyIfStarted() throws InterruptedException {
        assertThatThrownBy(() -> collector.finish(window()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("collector: it was not started");
        Topology topology = start();
        assertThatThrownBy(() -> collector.start(topology))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("collector: it was started already");
    }
}
