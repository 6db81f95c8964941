package io.plimsoll.environments.aws.disturb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.aws.ActingClients;
import io.plimsoll.environments.aws.descriptor.Disturbing;
import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.ResumeProcessesRequest;
import software.amazon.awssdk.services.autoscaling.model.ResumeProcessesResponse;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityRequest;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityResponse;
import software.amazon.awssdk.services.autoscaling.model.SuspendProcessesRequest;
import software.amazon.awssdk.services.autoscaling.model.SuspendProcessesResponse;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;

class GroupFreezerTest {
    private static final List<Resource> GROUPS = List.of(Resource.of(ResourceKind.SCALING_GROUP, "read", Map.of()));

    private final List<String> done = new ArrayList<>();
    private final List<String> suspended = new ArrayList<>();
    private int desired = 2;
    private boolean launches = true;

    /** A group of one to four instances, whose launches take no time, or for ever. */
    private final AutoScalingClient group = new AutoScalingClient() {
        @Override
        public DescribeAutoScalingGroupsResponse describeAutoScalingGroups(DescribeAutoScalingGroupsRequest request) {
            List<Instance> instances = IntStream.range(0, desired)
                    .mapToObj(number -> Instance.builder()
                            .instanceId("i-" + number)
                            .lifecycleState(launches || number < 2 ? LifecycleState.IN_SERVICE : LifecycleState.PENDING)
                            .build())
                    .toList();
            return DescribeAutoScalingGroupsResponse.builder()
                    .autoScalingGroups(AutoScalingGroup.builder()
                            .autoScalingGroupName("read")
                            .minSize(1)
                            .maxSize(4)
                            .desiredCapacity(desired)
                            .instances(instances)
                            .suspendedProcesses(suspended.stream()
                                    .map(name -> SuspendedProcess.builder()
                                            .processName(name)
                                            .build())
                                    .toList())
                            .build())
                    .build();
        }

        @Override
        public SuspendProcessesResponse suspendProcesses(SuspendProcessesRequest request) {
            done.add("suspend " + request.scalingProcesses());
            return SuspendProcessesResponse.builder().build();
        }

        @Override
        public ResumeProcessesResponse resumeProcesses(ResumeProcessesRequest request) {
            done.add("resume " + request.scalingProcesses());
            return ResumeProcessesResponse.builder().build();
        }

        @Override
        public SetDesiredCapacityResponse setDesiredCapacity(SetDesiredCapacityRequest request) {
            desired = request.desiredCapacity();
            done.add("desire " + desired);
            return SetDesiredCapacityResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "fake";
        }

        @Override
        public void close() {}
    };

    private GroupFreezer freezer(Duration patience) {
        FakeStack others = new FakeStack();
        ActingClients clients = new ActingClients(
                others.clients().ec2(),
                others.clients().rds(),
                group,
                others.clients().fis(),
                () -> done.add("closed"));
        return new GroupFreezer(clients, Duration.ofMillis(1), patience, Clock.systemUTC());
    }

    private static GroupSize size(String text) {
        return GroupSize.parse(text).orElseThrow();
    }

    @Test
    void aGroupIsHeldAtItsMaximumAndGivenBackAsItWas() throws InterruptedException {
        suspended.add("AZRebalance");

        try (GroupFreezer freezer = freezer(Duration.ofMinutes(1))) {
            assertThat(freezer.freeze(GROUPS, size("maximum"))).isEqualTo(Map.of("read", 4));
        }

        assertThat(done)
                .containsExactly(
                        "suspend [AlarmNotification, ScheduledActions]",
                        "desire 4",
                        "desire 2",
                        "resume [AlarmNotification, ScheduledActions]",
                        "closed");
    }

    @Test
    void aNumberBeyondTheBoundsIsTheBoundAndTheCurrentSizeIsLeftAlone() throws InterruptedException {
        assertThat(freezer(Duration.ofMinutes(1)).freeze(GROUPS, size("9"))).isEqualTo(Map.of("read", 4));
        assertThat(freezer(Duration.ofMinutes(1)).freeze(GROUPS, size("current")))
                .isEqualTo(Map.of("read", 4));
        assertThat(freezer(Duration.ofMinutes(1)).freeze(GROUPS, size("1"))).isEqualTo(Map.of("read", 1));

        assertThat(done).filteredOn(call -> call.startsWith("desire")).containsExactly("desire 4", "desire 1");
    }

    @Test
    void aGroupThatDoesNotReachItsSizeIsNotMeasured() {
        launches = false;

        assertThatThrownBy(() -> freezer(Duration.ZERO).freeze(GROUPS, size("3")))
                .isInstanceOf(DisturbanceException.class)
                .hasMessage("group read has 2 of 3 instances in service after 0 s");
    }

    @Test
    void nothingIsHeldThatTheDescriptorDoesNotPermit() {
        Disturbing holding = Disturbing.only(Set.of("suspend-processes", "resume-processes"));

        assertThat(GroupFreezer.refusal(holding, size("current"))).isEmpty();
        assertThat(GroupFreezer.refusal(holding, size("4")))
                .contains("set-desired-capacity: the environment does not permit it (disturb.allowed: resume-processes,"
                        + " suspend-processes)");
        assertThat(GroupFreezer.refusal(Disturbing.nothing(), size("current")))
                .contains("suspend-processes: the environment does not permit it (disturb.allowed: none)");
    }

    @Test
    void aSizeIsAWordOrANumber() {
        assertThat(GroupSize.parse("Maximum").orElseThrow()).hasToString("maximum");
        for (String wrong : List.of("", "0", "-1", "1.5", "10000", "most")) {
            assertThat(GroupSize.parse(wrong)).as(wrong).isEmpty();
        }
    }
}
