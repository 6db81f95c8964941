package io.plimsoll.environments.aws.disturb;

import io.plimsoll.environments.aws.ActingClients;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeInstanceRefreshesResponse;
import software.amazon.awssdk.services.autoscaling.model.InstanceRefresh;
import software.amazon.awssdk.services.autoscaling.model.PutScheduledUpdateGroupActionRequest;
import software.amazon.awssdk.services.autoscaling.model.PutScheduledUpdateGroupActionResponse;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityRequest;
import software.amazon.awssdk.services.autoscaling.model.SetDesiredCapacityResponse;
import software.amazon.awssdk.services.autoscaling.model.StartInstanceRefreshRequest;
import software.amazon.awssdk.services.autoscaling.model.StartInstanceRefreshResponse;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceState;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyInstanceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.RebootInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RebootInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.StartInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StartInstancesResponse;
import software.amazon.awssdk.services.ec2.model.StopInstancesRequest;
import software.amazon.awssdk.services.ec2.model.StopInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TerminateInstancesResponse;
import software.amazon.awssdk.services.fis.FisClient;
import software.amazon.awssdk.services.fis.model.GetExperimentRequest;
import software.amazon.awssdk.services.fis.model.GetExperimentResponse;
import software.amazon.awssdk.services.fis.model.StartExperimentRequest;
import software.amazon.awssdk.services.fis.model.StartExperimentResponse;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.FailoverDbClusterRequest;
import software.amazon.awssdk.services.rds.model.FailoverDbClusterResponse;
import software.amazon.awssdk.services.rds.model.RebootDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.RebootDbInstanceResponse;

/** Clients that note what they are asked to do. */
final class FakeStack {
    final List<Object> calls = new ArrayList<>();
    /** What an instance refresh or an experiment is, question by question; the last stays. */
    final Deque<String> statuses = new ArrayDeque<>();

    boolean denied;

    ActingClients clients() {
        return new ActingClients(ec2(), rds(), autoScaling(), fis(), () -> calls.add("closed"));
    }

    private String status() {
        return statuses.size() > 1 ? statuses.removeFirst() : statuses.getFirst();
    }

    private Ec2Client ec2() {
        return new Ec2Client() {
            @Override
            public TerminateInstancesResponse terminateInstances(TerminateInstancesRequest request) {
                if (denied) {
                    throw Ec2Exception.builder()
                            .statusCode(403)
                            .awsErrorDetails(AwsErrorDetails.builder()
                                    .errorCode("UnauthorizedOperation")
                                    .errorMessage("not you")
                                    .build())
                            .build();
                }
                calls.add(request);
                return TerminateInstancesResponse.builder().build();
            }

            @Override
            public StopInstancesResponse stopInstances(StopInstancesRequest request) {
                calls.add(request);
                return StopInstancesResponse.builder().build();
            }

            @Override
            public StartInstancesResponse startInstances(StartInstancesRequest request) {
                calls.add(request);
                return StartInstancesResponse.builder().build();
            }

            @Override
            public ModifyInstanceAttributeResponse modifyInstanceAttribute(ModifyInstanceAttributeRequest request) {
                calls.add(request);
                return ModifyInstanceAttributeResponse.builder().build();
            }

            @Override
            public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
                Instance instance = Instance.builder()
                        .state(InstanceState.builder().name(status()).build())
                        .build();
                return DescribeInstancesResponse.builder()
                        .reservations(List.of(Reservation.builder()
                                .instances(List.of(instance))
                                .build()))
                        .build();
            }

            @Override
            public RebootInstancesResponse rebootInstances(RebootInstancesRequest request) {
                calls.add(request);
                return RebootInstancesResponse.builder().build();
            }

            @Override
            public String serviceName() {
                return "fake";
            }

            @Override
            public void close() {}
        };
    }

    private RdsClient rds() {
        return new RdsClient() {
            @Override
            public RebootDbInstanceResponse rebootDBInstance(RebootDbInstanceRequest request) {
                calls.add(request);
                return RebootDbInstanceResponse.builder().build();
            }

            @Override
            public FailoverDbClusterResponse failoverDBCluster(FailoverDbClusterRequest request) {
                calls.add(request);
                return FailoverDbClusterResponse.builder().build();
            }

            @Override
            public String serviceName() {
                return "fake";
            }

            @Override
            public void close() {}
        };
    }

    private AutoScalingClient autoScaling() {
        return new AutoScalingClient() {
            @Override
            public StartInstanceRefreshResponse startInstanceRefresh(StartInstanceRefreshRequest request) {
                calls.add(request);
                return StartInstanceRefreshResponse.builder()
                        .instanceRefreshId("r-1")
                        .build();
            }

            @Override
            public DescribeInstanceRefreshesResponse describeInstanceRefreshes(
                    DescribeInstanceRefreshesRequest request) {
                String status = status();
                return DescribeInstanceRefreshesResponse.builder()
                        .instanceRefreshes(
                                List.of(InstanceRefresh.builder().status(status).build()))
                        .build();
            }

            @Override
            public PutScheduledUpdateGroupActionResponse putScheduledUpdateGroupAction(
                    PutScheduledUpdateGroupActionRequest request) {
                calls.add(request);
                return PutScheduledUpdateGroupActionResponse.builder().build();
            }

            @Override
            public SetDesiredCapacityResponse setDesiredCapacity(SetDesiredCapacityRequest request) {
                calls.add(request);
                return SetDesiredCapacityResponse.builder().build();
            }

            @Override
            public String serviceName() {
                return "fake";
            }

            @Override
            public void close() {}
        };
    }

    private FisClient fis() {
        return new FisClient() {
            @Override
            public StartExperimentResponse startExperiment(StartExperimentRequest request) {
                calls.add(request);
                return StartExperimentResponse.builder()
                        .experiment(experiment -> experiment.id("EXP1"))
                        .build();
            }

            @Override
            public GetExperimentResponse getExperiment(GetExperimentRequest request) {
                String status = status();
                return GetExperimentResponse.builder()
                        .experiment(experiment -> experiment.state(state -> state.status(status)))
                        .build();
            }

            @Override
            public String serviceName() {
                return "fake";
            }

            @Override
            public void close() {}
        };
    }
}
