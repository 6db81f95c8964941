package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.BucketView;
import io.plimsoll.environments.local.estate.DistributionView;
import io.plimsoll.environments.local.estate.Estate;
import io.plimsoll.environments.local.estate.HealthCheckView;
import io.plimsoll.environments.local.estate.InstanceView;
import io.plimsoll.environments.local.estate.QueueView;
import io.plimsoll.environments.local.estate.TableView;
import io.plimsoll.environments.local.estate.WarehouseView;
import io.plimsoll.environments.local.logs.LogStore;
import io.plimsoll.environments.local.scaling.AutoScaling;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tags of every resource there is. */
final class TaggedEstate {
    private final Estate estate;
    private final AutoScaling scaling;
    private final LogStore logs;
    private final Arns arns;

    TaggedEstate(Estate estate, AutoScaling scaling, LogStore logs, Arns arns) {
        this.estate = estate;
        this.scaling = scaling;
        this.logs = logs;
        this.arns = arns;
    }

    /** By ARN. */
    Map<String, Map<String, String>> byArn() {
        Map<String, Map<String, String>> tags = new LinkedHashMap<>();
        estate.balancers().forEach(each -> tags.put(arns.loadBalancer(each), Tags.of(each.name())));
        estate.targetGroups().forEach(each -> tags.put(arns.targetGroup(each.name()), Tags.of(each.name())));
        scaling.groups().forEach(each -> tags.put(arns.group(each.name()), Tags.of(each.name())));
        estate.instances().stream()
                .filter(each -> each.state() != InstanceView.State.TERMINATED)
                .forEach(each -> tags.put(arns.instance(each.id()), Tags.ofInstance(each)));
        estate.databases().forEach(each -> tags.put(arns.database(each.id()), Tags.ofDatabase(each.id(), estate)));
        estate.all(DistributionView.class)
                .forEach(each -> tags.put(arns.distribution(each.id()), Tags.of(each.name())));
        estate.all(BucketView.class).forEach(each -> tags.put(arns.bucket(each.name()), Tags.of(each.name())));
        estate.all(HealthCheckView.class)
                .forEach(each -> tags.put(arns.healthCheck(each.id()), Tags.of("plimsoll-dns")));
        estate.caches().forEach(each -> tags.put(arns.cache(each.id()), Tags.of(each.id())));
        logs.groups()
                .forEach(each -> tags.put(
                        arns.logGroup(each.name()),
                        Tags.of(each.name().substring(each.name().lastIndexOf('/') + 1))));
        estate.all(QueueView.class).forEach(each -> tags.put(arns.queue(each.name()), Tags.of(each.name())));
        estate.all(TableView.class).forEach(each -> tags.put(arns.table(each.name()), Tags.of(each.name())));
        estate.all(WarehouseView.class).forEach(each -> tags.put(arns.warehouse(each.id()), Tags.of(each.id())));
        return tags;
    }
}
