package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.WireAws.Call;
import io.plimsoll.environments.aws.WireAws.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a {@link WireAws} tells of a stack: a load balancer {@code shop-lb}, scaling groups of 100 instances, and metrics of
 * one value a second. Everything comes in pages as AWS cuts them, and smaller.
 */
final class WireStack {
    /** Instances of one scaling group. */
    private static final int GROUP_SIZE = 100;

    /** Groups and instances of one page. */
    private static final int GROUPS_PER_PAGE = 5;

    private static final int INSTANCES_PER_PAGE = 75;

    private final int instances;

    private WireStack(int instances) {
        this.instances = instances;
    }

    /** Has it told from now on. */
    static void in(WireAws aws, int instances) {
        WireStack stack = new WireStack(instances);
        aws.on("sts:GetCallerIdentity", call -> query(call, "<Arn>arn:aws:iam::123456789012:user/load-test</Arn>"));
        aws.on(
                "elasticloadbalancing:DescribeLoadBalancers",
                call -> query(call, """
                <LoadBalancers><member><LoadBalancerArn>%sloadbalancer/%s</LoadBalancerArn><LoadBalancerName>shop-lb\
                </LoadBalancerName><DNSName>shop-lb-1.us-east-1.elb.amazonaws.com</DNSName><Type>application</Type>\
                <Scheme>internet-facing</Scheme><VpcId>vpc-1</VpcId></member></LoadBalancers>""".formatted(FakeStack.ARN, FakeStack.BALANCER)));
        aws.on(
                "elasticloadbalancing:DescribeTargetGroups",
                call -> query(call, """
                <TargetGroups><member><TargetGroupArn>%s</TargetGroupArn><TargetGroupName>shop-app</TargetGroupName>\
                <TargetType>instance</TargetType><Protocol>HTTP</Protocol></member></TargetGroups>""".formatted(FakeStack.ARN + FakeStack.TARGET_GROUP)));
        aws.on(
                "elasticloadbalancing:DescribeTargetHealth",
                call -> query(
                        call,
                        "<TargetHealthDescriptions>"
                                + members(
                                        0,
                                        instances,
                                        id -> "<member><Target><Id>" + id + "</Id><Port>8080</Port></Target>"
                                                + "<TargetHealth><State>healthy</State></TargetHealth></member>")
                                + "</TargetHealthDescriptions>"));
        aws.on("autoscaling:DescribeAutoScalingGroups", stack::groups);
        aws.on("ec2:DescribeInstances", WireStack::instances);
        aws.on("monitoring:GetMetricData", call -> metrics(call, id -> 42));
    }

    static String instance(int index) {
        return "i-%017x".formatted(index);
    }

    private static String members(int from, int until, Function<String, String> member) {
        return IntStream.range(from, until)
                .mapToObj(WireStack::instance)
                .map(member)
                .collect(Collectors.joining());
    }

    /** An answer of the Query protocol. */
    static Reply query(Call call, String result) {
        return Reply.ok("<" + call.operation() + "Response xmlns=\"http://amazonaws.com/doc/\"><" + call.operation()
                + "Result>" + result + "</" + call.operation() + "Result></" + call.operation() + "Response>");
    }

    private Reply groups(Call call) {
        int all = (instances + GROUP_SIZE - 1) / GROUP_SIZE;
        int from = call.parameter("NextToken").isEmpty() ? 0 : Integer.parseInt(call.parameter("NextToken"));
        int until = Math.min(all, from + GROUPS_PER_PAGE);
        StringBuilder groups = new StringBuilder("<AutoScalingGroups>");
        for (int group = from; group < until; group++) {
            int last = Math.min(instances, (group + 1) * GROUP_SIZE);
            groups.append("<member><AutoScalingGroupName>shop-" + group + "</AutoScalingGroupName><MinSize>1</MinSize>"
                    + "<MaxSize>200</MaxSize><DesiredCapacity>100</DesiredCapacity><TargetGroupARNs><member>"
                    + FakeStack.ARN + FakeStack.TARGET_GROUP + "</member></TargetGroupARNs><Instances>"
                    + members(
                            group * GROUP_SIZE,
                            last,
                            id -> "<member><InstanceId>" + id + "</InstanceId><LifecycleState>InService"
                                    + "</LifecycleState></member>")
                    + "</Instances></member>");
        }
        groups.append("</AutoScalingGroups>");
        return query(call, groups + (until < all ? "<NextToken>" + until + "</NextToken>" : ""));
    }

    private static Reply instances(Call call) {
        List<String> ids = call.list("Filter.1.Value");
        int from = call.parameter("NextToken").isEmpty() ? 0 : Integer.parseInt(call.parameter("NextToken"));
        int until = Math.min(ids.size(), from + INSTANCES_PER_PAGE);
        String items = ids.subList(from, until).stream()
                .map(id -> "<item><instanceId>" + id + "</instanceId><imageId>ami-1</imageId><instanceState><code>16"
                        + "</code><name>running</name></instanceState><instanceType>m7g.large</instanceType>"
                        + "<launchTime>2026-11-24T09:00:00.000Z</launchTime><monitoring><state>enabled</state>"
                        + "</monitoring></item>")
                .collect(Collectors.joining());
        return Reply.ok("<DescribeInstancesResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><reservationSet>"
                + "<item><instancesSet>" + items + "</instancesSet></item></reservationSet>"
                + (until < ids.size() ? "<nextToken>" + until + "</nextToken>" : "")
                + "</DescribeInstancesResponse>");
    }

    /** Ids of the queries of a GetMetricData call, in their order. */
    static List<String> queries(Call call) {
        List<String> ids = new ArrayList<>();
        for (int i = 1; !call.parameter("MetricDataQueries.member." + i + ".Id").isEmpty(); i++) {
            ids.add(call.parameter("MetricDataQueries.member." + i + ".Id"));
        }
        return ids;
    }

    /** Answers each query in full, with one value for each period. */
    static Reply metrics(Call call, ToDoubleFunction<String> value) {
        Instant start = Instant.parse(call.parameter("StartTime"));
        Instant end = Instant.parse(call.parameter("EndTime"));
        long period = Long.parseLong(call.parameter("MetricDataQueries.member.1.MetricStat.Period"));
        List<Instant> times = new ArrayList<>();
        for (Instant at = start; at.isBefore(end); at = at.plusSeconds(period)) {
            times.add(at);
        }
        return results(
                call,
                queries(call).stream()
                        .map(id -> result(
                                id,
                                times,
                                times.stream()
                                        .map(at -> value.applyAsDouble(id))
                                        .toList()))
                        .collect(Collectors.joining()),
                "");
    }

    /** The results of one query. */
    static String result(String id, List<Instant> times, List<Double> values) {
        return "<member><Id>" + id + "</Id><Label>CPUUtilization</Label><StatusCode>Complete</StatusCode><Timestamps>"
                + times.stream().map(at -> "<member>" + at + "</member>").collect(Collectors.joining())
                + "</Timestamps><Values>"
                + values.stream().map(value -> "<member>" + value + "</member>").collect(Collectors.joining())
                + "</Values></member>";
    }

    /** A page of results; an empty token is that of the last. */
    static Reply results(Call call, String results, String next) {
        return query(
                call,
                "<MetricDataResults>" + results + "</MetricDataResults>"
                        + (next.isEmpty() ? "" : "<NextToken>" + next + "</NextToken>"));
    }
}
