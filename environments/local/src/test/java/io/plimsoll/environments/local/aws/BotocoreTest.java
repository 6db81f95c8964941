package io.plimsoll.environments.local.aws;

import static io.plimsoll.environments.local.aws.EndpointFixture.HIGH;
import static io.plimsoll.environments.local.aws.EndpointFixture.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client of another family, which knows nothing of the Java SDK's metadata. */
class BotocoreTest {
    private static final String PRELUDE = """
            import sys, datetime
            from botocore.session import Session
            session = Session()
            session.set_credentials('local', 'local')
            def client(name):
                return session.create_client(name, region_name='us-east-1', endpoint_url=sys.argv[1])
            """;

    private final EndpointFixture fixture = new EndpointFixture("DescribeCacheClusters");

    @AfterEach
    void close() {
        fixture.close();
    }

    private String run(String... lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "python3",
                        "-c",
                        PRELUDE + String.join("\n", lines),
                        fixture.endpoint.uri().toString(),
                        HIGH)
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return output.strip();
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean isInstalled() {
        try {
            Process process = new ProcessBuilder("python3", "-c", "import botocore")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void botocoreReadsEveryService() throws Exception {
        assumeTrue(isInstalled(), "this test needs botocore: apt-get install -y python3-botocore");
        prepare();

        String output = run(
                "start = datetime.datetime(2026, 11, 24, 4, tzinfo=datetime.timezone.utc)",
                "cw = client('cloudwatch')",
                "stat = {'Metric': {'Namespace': 'AWS/EC2', 'MetricName': 'CPUUtilization',",
                "        'Dimensions': [{'Name': 'InstanceId', 'Value': 'i-1'}]}, 'Period': 1, 'Stat': 'Average'}",
                "pages = cw.get_paginator('get_metric_data').paginate(StartTime=start,",
                "        EndTime=start + datetime.timedelta(seconds=60), ScanBy='TimestampAscending',",
                "        MaxDatapoints=2, MetricDataQueries=[{'Id': 'a', 'MetricStat': stat}])",
                "print([value for page in pages for r in page['MetricDataResults'] for value in r['Values']])",
                "print([a['AlarmName'] for a in cw.describe_alarms(StateValue='ALARM')['MetricAlarms']])",
                "print([h['HistorySummary'] for h in cw.describe_alarm_history(AlarmName=sys.argv[2],"
                        + " HistoryItemType='StateUpdate')['AlarmHistoryItems']])",
                "asg = client('autoscaling')",
                "print(asg.describe_auto_scaling_groups()['AutoScalingGroups'][0]['DesiredCapacity'])",
                "print([a['StatusCode'] for page in asg.get_paginator('describe_scaling_activities').paginate("
                        + "PaginationConfig={'PageSize': 1}) for a in page['Activities']])",
                "elb = client('elbv2')",
                "arn = elb.describe_target_groups(Names=['plimsoll-app'])['TargetGroups'][0]['TargetGroupArn']",
                "print([t['TargetHealth']['State'] for t in"
                        + " elb.describe_target_health(TargetGroupArn=arn)['TargetHealthDescriptions']])",
                "print([d['DBInstanceIdentifier'] for d in client('rds').describe_db_instances()['DBInstances']])",
                "print([i['State']['Name'] for r in client('ec2').describe_instances()['Reservations']"
                        + " for i in r['Instances']])",
                "print(client('sts').get_caller_identity()['Arn'])");

        assertThat(output.lines())
                .containsExactly(
                        "[10.0, 11.0, 12.0, 13.0, 14.0]",
                        "['" + HIGH + "']",
                        "['Alarm updated from OK to ALARM', 'Alarm updated from INSUFFICIENT_DATA to OK']",
                        "2",
                        "['WaitingForInstanceWarmup', 'Successful']",
                        "['healthy', 'healthy']",
                        "['plimsoll-db', 'plimsoll-db-replica-1', 'plimsoll-db-replica-2']",
                        "['running', 'running']",
                        "arn:aws:iam::000000000000:user/plimsoll");
    }

    private void prepare() {
        for (int i = 0; i < 5; i++) {
            fixture.store.put(
                    "AWS/EC2",
                    "CPUUtilization",
                    new TreeMap<>(Map.of("InstanceId", "i-1")),
                    T0.plusSeconds(i),
                    10 + i,
                    "Percent");
        }
        fixture.scaledOut();
    }

    @Test
    void botocoreScalesAuditsAndReadsLogs() throws Exception {
        assumeTrue(isInstalled(), "this test needs botocore: apt-get install -y python3-botocore");
        fixture.scaledOut();
        fixture.logs.append("/plimsoll/app", "i-1", T0, "SEVERE database lost");

        String output = run(
                "asg, group = client('autoscaling'), 'plimsoll-app'",
                "asg.put_scaling_policy(AutoScalingGroupName=group, PolicyName='steps', PolicyType='StepScaling',",
                "        AdjustmentType='ChangeInCapacity', StepAdjustments=[{'MetricIntervalLowerBound': 0.0,",
                "        'MetricIntervalUpperBound': 10.0, 'ScalingAdjustment': 1},",
                "        {'MetricIntervalLowerBound': 10.0, 'ScalingAdjustment': 2}])",
                "print([s['ScalingAdjustment'] for p in asg.describe_policies(PolicyNames=['steps'])"
                        + "['ScalingPolicies'] for s in p['StepAdjustments']])",
                "asg.put_scheduled_update_group_action(AutoScalingGroupName=group, ScheduledActionName='night',",
                "        Recurrence='0 22 * * *', MinSize=1)",
                "print(asg.describe_scheduled_actions()['ScheduledUpdateGroupActions'][0]['StartTime'].isoformat())",
                "asg.set_desired_capacity(AutoScalingGroupName=group, DesiredCapacity=3)",
                "asg.start_instance_refresh(AutoScalingGroupName=group, Preferences={'MinHealthyPercentage': 50})",
                "print(asg.describe_instance_refreshes(AutoScalingGroupName=group)['InstanceRefreshes'][0]['Status'])",
                "events = client('cloudtrail').lookup_events()['Events']",
                "print(sorted(e['EventName'] for e in events))",
                "print(client('logs').filter_log_events(logGroupName='/plimsoll/app', filterPattern='SEVERE')"
                        + "['events'][0]['message'])",
                "found = client('resourcegroupstaggingapi').get_resources(TagFilters=[{'Key': 'tier',"
                        + " 'Values': ['app']}], ResourceTypeFilters=['autoscaling:autoScalingGroup'])",
                "print(len(found['ResourceTagMappingList']))",
                "print(client('lambda').list_functions()['Functions'])",
                "print(client('ec2').describe_availability_zones()['AvailabilityZones'][1]['ZoneName'])");

        assertThat(output.lines())
                .containsExactly(
                        "[1, 2]",
                        "2026-11-24T22:00:00+00:00",
                        "Pending",
                        "['PutScalingPolicy', 'PutScheduledUpdateGroupAction', 'SetDesiredCapacity',"
                                + " 'StartInstanceRefresh']",
                        "SEVERE database lost",
                        "1",
                        "[]",
                        "us-east-1b");
    }

    @Test
    void botocoreRecognisesErrors() throws Exception {
        assumeTrue(isInstalled(), "this test needs botocore: apt-get install -y python3-botocore");

        String output = run(
                "def code(call):",
                "    try:",
                "        call()",
                "    except Exception as e:",
                "        return type(e).__name__ + ' ' + e.response['Error']['Code']",
                "rds, elb, cw = client('rds'), client('elbv2'), client('cloudwatch')",
                "print(code(lambda: rds.describe_db_instances(DBInstanceIdentifier='other')))",
                "print(code(lambda: elb.describe_load_balancers(Names=['other'])))",
                "print(code(lambda: client('ec2').describe_instances(InstanceIds=['i-0'])))",
                "print(code(lambda: client('elasticache').describe_cache_clusters()))",
                "print(code(lambda: cw.describe_alarms(NextToken='x')))");

        assertThat(output.lines())
                .containsExactly(
                        "DBInstanceNotFoundFault DBInstanceNotFound",
                        "LoadBalancerNotFoundException LoadBalancerNotFound",
                        "ClientError InvalidInstanceID.NotFound",
                        "ClientError AccessDenied",
                        "InvalidNextToken InvalidNextToken");
    }
}
