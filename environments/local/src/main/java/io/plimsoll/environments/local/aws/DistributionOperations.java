package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.DistributionActs;
import io.plimsoll.environments.local.estate.DistributionView;
import io.plimsoll.environments.local.estate.Estate;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.cloudfront.model.CreateInvalidationRequest;
import software.amazon.awssdk.services.cloudfront.model.CreateInvalidationResponse;
import software.amazon.awssdk.services.cloudfront.model.DefaultCacheBehavior;
import software.amazon.awssdk.services.cloudfront.model.Distribution;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.DistributionSummary;
import software.amazon.awssdk.services.cloudfront.model.GetDistributionRequest;
import software.amazon.awssdk.services.cloudfront.model.GetDistributionResponse;
import software.amazon.awssdk.services.cloudfront.model.GetMonitoringSubscriptionRequest;
import software.amazon.awssdk.services.cloudfront.model.GetMonitoringSubscriptionResponse;
import software.amazon.awssdk.services.cloudfront.model.ListDistributionsRequest;
import software.amazon.awssdk.services.cloudfront.model.ListDistributionsResponse;
import software.amazon.awssdk.services.cloudfront.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudfront.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudfront.model.Origin;
import software.amazon.awssdk.services.cloudfront.model.Origins;
import software.amazon.awssdk.services.cloudfront.model.RealtimeMetricsSubscriptionStatus;
import software.amazon.awssdk.services.cloudfront.model.Tag;

/** CloudFront: distributions and the invalidation of what they keep. Everything fits on one page. */
final class DistributionOperations {
    private static final String STATUS = "Deployed";

    private final Estate estate;
    private final Arns arns;
    private final Clock clock;

    DistributionOperations(Estate estate, Arns arns, Clock clock) {
        this.estate = estate;
        this.arns = arns;
        this.clock = clock;
    }

    Service service() {
        return Service.restXml(
                "cloudfront",
                "cloudfront",
                "http://cloudfront.amazonaws.com/doc/2020-05-31/",
                List.of(
                        Operation.rest(
                                "ListDistributions",
                                "GET /2020-05-31/distribution",
                                ListDistributionsRequest::builder,
                                this::list),
                        Operation.rest(
                                "GetDistribution",
                                "GET /2020-05-31/distribution/{Id}",
                                GetDistributionRequest::builder,
                                this::get),
                        Operation.rest(
                                "GetMonitoringSubscription",
                                "GET /2020-05-31/distributions/{DistributionId}/monitoring-subscription",
                                GetMonitoringSubscriptionRequest::builder,
                                this::monitoring),
                        Operation.rest(
                                "CreateInvalidation",
                                "POST /2020-05-31/distribution/{DistributionId}/invalidation",
                                CreateInvalidationRequest::builder,
                                this::invalidate),
                        Operation.rest(
                                "ListTagsForResource",
                                "GET /2020-05-31/tagging",
                                ListTagsForResourceRequest::builder,
                                this::tags)));
    }

    private DistributionView view(String id) {
        return estate.all(DistributionView.class).stream()
                .filter(view -> view.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> AwsFault.notFound("NoSuchDistribution", "The specified distribution does not exist."));
    }

    private ListDistributionsResponse list(ListDistributionsRequest request) {
        List<DistributionSummary> all =
                estate.all(DistributionView.class).stream().map(this::summary).toList();
        return ListDistributionsResponse.builder()
                .distributionList(list -> list.marker("")
                        .maxItems(100)
                        .isTruncated(false)
                        .quantity(all.size())
                        .items(all))
                .build();
    }

    private DistributionSummary summary(DistributionView view) {
        return DistributionSummary.builder()
                .id(view.id())
                .arn(arns.distribution(view.id()))
                .status(STATUS)
                .lastModifiedTime(view.created())
                .domainName(view.domainName())
                .comment(view.name())
                .enabled(true)
                .httpVersion("http2")
                .origins(origins(view.origin()))
                .defaultCacheBehavior(behaviour(view))
                .build();
    }

    private static Origins origins(URI origin) {
        return Origins.builder()
                .quantity(1)
                .items(Origin.builder()
                        .id("origin")
                        .domainName(origin.getAuthority())
                        .originPath(origin.getPath())
                        .build())
                .build();
    }

    @SuppressWarnings("deprecation") // the times of a behaviour without a cache policy are what is described
    private static DefaultCacheBehavior behaviour(DistributionView view) {
        return DefaultCacheBehavior.builder()
                .targetOriginId("origin")
                .viewerProtocolPolicy("allow-all")
                .minTTL(view.caching() ? view.minTtl().toSeconds() : 0)
                .defaultTTL(view.caching() ? view.defaultTtl().toSeconds() : 0)
                .maxTTL(view.caching() ? view.maxTtl().toSeconds() : 0)
                .build();
    }

    private GetDistributionResponse get(GetDistributionRequest request) {
        DistributionView view = view(request.id());
        return GetDistributionResponse.builder()
                .distribution(Distribution.builder()
                        .id(view.id())
                        .arn(arns.distribution(view.id()))
                        .status(STATUS)
                        .lastModifiedTime(view.created())
                        .inProgressInvalidationBatches(0)
                        .domainName(view.domainName())
                        .distributionConfig(DistributionConfig.builder()
                                .callerReference(view.name())
                                .comment(view.name())
                                .enabled(true)
                                .origins(origins(view.origin()))
                                .defaultCacheBehavior(behaviour(view))
                                .build())
                        .build())
                .build();
    }

    /** CacheHitRate and OriginLatency are always measured here. */
    private GetMonitoringSubscriptionResponse monitoring(GetMonitoringSubscriptionRequest request) {
        view(request.distributionId());
        return GetMonitoringSubscriptionResponse.builder()
                .monitoringSubscription(subscription -> subscription.realtimeMetricsSubscriptionConfig(
                        config -> config.realtimeMetricsSubscriptionStatus(RealtimeMetricsSubscriptionStatus.ENABLED)))
                .build();
    }

    private CreateInvalidationResponse invalidate(CreateInvalidationRequest request) {
        view(request.distributionId());
        for (DistributionActs acts : estate.all(DistributionActs.class)) {
            if (acts.id().equals(request.distributionId())) {
                request.invalidationBatch().paths().items().forEach(acts::invalidate);
            }
        }
        return CreateInvalidationResponse.builder()
                .invalidation(done -> done.id("I"
                                + UUID.randomUUID().toString().replace("-", "").substring(0, 24))
                        .status("Completed")
                        .createTime(clock.instant())
                        .invalidationBatch(request.invalidationBatch()))
                .build();
    }

    private ListTagsForResourceResponse tags(ListTagsForResourceRequest request) {
        DistributionView view = estate.all(DistributionView.class).stream()
                .filter(each -> arns.distribution(each.id()).equals(request.resource()))
                .findFirst()
                .orElseThrow(() -> AwsFault.notFound("NoSuchResource", "The specified resource does not exist."));
        List<Tag> all = Tags.of(view.name()).entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        return ListTagsForResourceResponse.builder()
                .tags(tags -> tags.items(all))
                .build();
    }
}
