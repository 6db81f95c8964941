package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.BalancerView;
import io.plimsoll.environments.local.estate.Estate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerCertificatesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** Elastic Load Balancing v2: listeners and where each sends which requests. */
final class ListenerRules {
    private static final int OF_A_PAGE = 400;
    private static final String BAD_TOKEN = "ValidationError";
    /** The policy whose protocols, TLS 1.2 and 1.3, the listeners speak. */
    private static final String POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

    private final Estate estate;
    private final Arns arns;

    ListenerRules(Estate estate, Arns arns) {
        this.estate = estate;
        this.arns = arns;
    }

    Stream<Listener> listeners(BalancerView balancer) {
        return balancer.listeners().stream().map(listener -> {
            Listener.Builder builder = Listener.builder()
                    .listenerArn(arns.listener(balancer, listener.port()))
                    .loadBalancerArn(arns.loadBalancer(balancer))
                    .protocol(ProtocolEnum.fromValue(listener.protocol()))
                    .port(listener.port())
                    .defaultActions(byDefault(listener));
            listener.certificate()
                    .ifPresent(id -> builder.certificates(Certificate.builder()
                                    .certificateArn(arns.certificate(id))
                                    .build())
                            .sslPolicy(POLICY));
            return builder.build();
        });
    }

    DescribeListenerCertificatesResponse certificates(DescribeListenerCertificatesRequest request) {
        for (BalancerView balancer : estate.balancers()) {
            for (BalancerView.Listener listener : balancer.listeners()) {
                if (arns.listener(balancer, listener.port()).equals(request.listenerArn())) {
                    return DescribeListenerCertificatesResponse.builder()
                            .certificates(listener.certificate().stream()
                                    .map(id -> Certificate.builder()
                                            .certificateArn(arns.certificate(id))
                                            .isDefault(true)
                                            .build())
                                    .toList())
                            .build();
                }
            }
        }
        throw notFound(request.listenerArn());
    }

    private static AwsFault notFound(String listenerArn) {
        return AwsFault.badRequest("ListenerNotFound", "One or more listeners not found: '" + listenerArn + "'");
    }

    private Action byDefault(BalancerView.Listener listener) {
        return listener.rules().stream()
                .filter(BalancerView.Rule::takesAll)
                .findFirst()
                .map(this::forward)
                .orElseGet(() -> Action.builder()
                        .type(ActionTypeEnum.FIXED_RESPONSE)
                        .fixedResponseConfig(fixed -> fixed.statusCode("404"))
                        .order(1)
                        .build());
    }

    private Action forward(BalancerView.Rule rule) {
        return Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .targetGroupArn(arns.targetGroup(rule.targetGroup()))
                .order(1)
                .build();
    }

    DescribeRulesResponse describe(DescribeRulesRequest request) {
        List<Rule> found = new ArrayList<>();
        boolean known = request.listenerArn() == null;
        for (BalancerView balancer : estate.balancers()) {
            for (BalancerView.Listener listener : balancer.listeners()) {
                String arn = arns.listener(balancer, listener.port());
                if (request.listenerArn() == null || request.listenerArn().equals(arn)) {
                    known = true;
                    found.addAll(rules(arn, listener));
                }
            }
        }
        if (!known) {
            throw notFound(request.listenerArn());
        }
        Page<Rule> page = Page.of(
                Filter.byNames(
                        found,
                        request.ruleArns(),
                        Rule::ruleArn,
                        missing -> AwsFault.badRequest("RuleNotFound", "Rule '" + missing + "' not found")),
                request.marker(),
                request.pageSize(),
                OF_A_PAGE,
                BAD_TOKEN);
        return DescribeRulesResponse.builder()
                .rules(page.items())
                .nextMarker(page.nextOrNull())
                .build();
    }

    /** Its rules by priority, and then that of its default action. */
    private List<Rule> rules(String listenerArn, BalancerView.Listener listener) {
        List<Rule> rules = new ArrayList<>();
        for (BalancerView.Rule rule : listener.rules()) {
            if (!rule.takesAll()) {
                String priority = Integer.toString(rules.size() + 1);
                rules.add(Rule.builder()
                        .ruleArn(arns.rule(listenerArn, priority))
                        .priority(priority)
                        .conditions(conditions(rule))
                        .actions(forward(rule))
                        .isDefault(false)
                        .build());
            }
        }
        rules.add(Rule.builder()
                .ruleArn(arns.rule(listenerArn, "default"))
                .priority("default")
                .conditions(List.of())
                .actions(byDefault(listener))
                .isDefault(true)
                .build());
        return rules;
    }

    private static List<RuleCondition> conditions(BalancerView.Rule rule) {
        List<RuleCondition> conditions = new ArrayList<>();
        if (!rule.methods().isEmpty()) {
            conditions.add(RuleCondition.builder()
                    .field("http-request-method")
                    .httpRequestMethodConfig(methods -> methods.values(rule.methods()))
                    .build());
        }
        if (!rule.paths().isEmpty()) {
            conditions.add(RuleCondition.builder()
                    .field("path-pattern")
                    .values(rule.paths())
                    .pathPatternConfig(paths -> paths.values(rule.paths()))
                    .build());
        }
        return conditions;
    }
}
