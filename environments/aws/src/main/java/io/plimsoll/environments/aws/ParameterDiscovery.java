package io.plimsoll.environments.aws;

import io.plimsoll.results.observation.Resource;
import io.plimsoll.results.observation.ResourceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheParametersResponse;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterParametersResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbParametersResponse;
import software.amazon.awssdk.services.rds.model.Parameter;

/**
 * Reads what people set in the parameter groups of databases and caches: a group keeps its name when a value of it is
 * changed, and values that are left alone (those of {@code default.*} groups among them) cannot change.
 */
final class ParameterDiscovery {
    private static final String USER = "user";
    private static final String GROUP = "parameter-group";

    private final RdsClient rds;
    private final ElastiCacheClient elastiCache;
    private final AwsCalls calls;
    private final Set<String> warnings;
    private final Map<String, String> known = new HashMap<>();

    ParameterDiscovery(AwsClients.Services services, AwsCalls calls, Set<String> warnings) {
        this.rds = services.rds();
        this.elastiCache = services.elastiCache();
        this.calls = calls;
        this.warnings = warnings;
    }

    /** Asks for the values of one group. */
    @FunctionalInterface
    private interface Asking {
        Stream<String> values(String group) throws InterruptedException;
    }

    /** The parts with the fact {@code parameters}, such as {@code max_connections=500, wait_timeout=60}. */
    List<Resource> added(List<Resource> parts) throws InterruptedException {
        List<Resource> added = new ArrayList<>();
        for (Resource part : parts) {
            added.add(added(part));
        }
        return added;
    }

    private Resource added(Resource part) throws InterruptedException {
        Optional<Asking> asking = asking(part.kind());
        Facts facts = new Facts();
        List<String> values = new ArrayList<>();
        for (String group : part.facts().getOrDefault(GROUP, "").split(", ", -1)) {
            if (asking.isPresent() && !group.isEmpty() && !group.startsWith("default.")) {
                String text = values(part.kind() + " " + group, group, asking.get());
                Stream.of(text).filter(value -> !value.isEmpty()).forEach(values::add);
            }
        }
        return facts.with("parameters", values).addedTo(part);
    }

    private String values(String key, String group, Asking asking) throws InterruptedException {
        if (!known.containsKey(key)) {
            List<String> values = Discovery.optional(
                    "parameters of " + group,
                    () -> asking.values(group).sorted().toList(),
                    List.<String>of(),
                    warnings);
            known.put(key, String.join(", ", values));
        }
        return known.getOrDefault(key, "");
    }

    private Optional<Asking> asking(ResourceKind kind) {
        return switch (kind) {
            case DATABASE, REPLICA, SHARD -> Optional.of(this::ofDatabase);
            case DATABASE_CLUSTER -> Optional.of(this::ofCluster);
            case CACHE -> Optional.of(this::ofCache);
            default -> Optional.empty();
        };
    }

    private Stream<String> ofDatabase(String group) throws InterruptedException {
        return calls
                .pages(
                        "rds:DescribeDBParameters",
                        token -> rds.describeDBParameters(request ->
                                request.dbParameterGroupName(group).source(USER).marker(token)),
                        DescribeDbParametersResponse::marker)
                .stream()
                .flatMap(page -> page.parameters().stream())
                .flatMap(ParameterDiscovery::value);
    }

    private Stream<String> ofCluster(String group) throws InterruptedException {
        return calls
                .pages(
                        "rds:DescribeDBClusterParameters",
                        token -> rds.describeDBClusterParameters(request -> request.dbClusterParameterGroupName(group)
                                .source(USER)
                                .marker(token)),
                        DescribeDbClusterParametersResponse::marker)
                .stream()
                .flatMap(page -> page.parameters().stream())
                .flatMap(ParameterDiscovery::value);
    }

    private static Stream<String> value(Parameter parameter) {
        return value(parameter.parameterName(), parameter.parameterValue());
    }

    private Stream<String> ofCache(String group) throws InterruptedException {
        return calls
                .pages(
                        "elasticache:DescribeCacheParameters",
                        token -> elastiCache.describeCacheParameters(request -> request.cacheParameterGroupName(group)
                                .source(USER)
                                .marker(token)),
                        DescribeCacheParametersResponse::marker)
                .stream()
                .flatMap(page -> page.parameters().stream())
                .flatMap(parameter -> value(parameter.parameterName(), parameter.parameterValue()));
    }

    private static Stream<String> value(@Nullable String name, @Nullable String value) {
        return name == null || value == null ? Stream.empty() : Stream.of(Secrets.masked(name + "=" + value));
    }
}
