package io.plimsoll.environments.local.aws;

import io.plimsoll.environments.local.estate.BucketView;
import io.plimsoll.environments.local.estate.Estate;
import java.util.List;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyStatusRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyStatusResponse;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketMetricsConfigurationsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketMetricsConfigurationsResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.MetricsConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * S3 as far as it describes buckets, with path-style addresses. Objects are the store's own matter: it speaks S3 too, at
 * an endpoint of its own.
 */
final class BucketOperations {
    private final Estate estate;
    private final Arns arns;

    BucketOperations(Estate estate, Arns arns) {
        this.estate = estate;
        this.arns = arns;
    }

    Service service() {
        return Service.restXml(
                "s3",
                "s3",
                "http://s3.amazonaws.com/doc/2006-03-01/",
                List.of(
                        Operation.rest("ListBuckets", "GET /", ListBucketsRequest::builder, this::list),
                        Operation.rest("HeadBucket", "HEAD /{Bucket}", HeadBucketRequest::builder, this::head),
                        Operation.rest(
                                "GetBucketLocation",
                                "GET /{Bucket}?location",
                                GetBucketLocationRequest::builder,
                                this::location),
                        Operation.rest(
                                "GetBucketEncryption",
                                "GET /{Bucket}?encryption",
                                GetBucketEncryptionRequest::builder,
                                this::encryption),
                        Operation.rest(
                                "GetBucketPolicyStatus",
                                "GET /{Bucket}?policyStatus",
                                GetBucketPolicyStatusRequest::builder,
                                this::policyStatus),
                        Operation.rest(
                                "GetBucketTagging",
                                "GET /{Bucket}?tagging",
                                GetBucketTaggingRequest::builder,
                                this::tagging),
                        Operation.rest(
                                "ListBucketMetricsConfigurations",
                                "GET /{Bucket}?metrics",
                                ListBucketMetricsConfigurationsRequest::builder,
                                this::metrics)));
    }

    private BucketView view(String name) {
        return estate.all(BucketView.class).stream()
                .filter(view -> view.name().equals(name))
                .findFirst()
                .orElseThrow(() -> AwsFault.notFound("NoSuchBucket", "The specified bucket does not exist"));
    }

    private ListBucketsResponse list(ListBucketsRequest request) {
        return ListBucketsResponse.builder()
                .buckets(estate.all(BucketView.class).stream()
                        .map(view -> Bucket.builder()
                                .name(view.name())
                                .creationDate(view.created())
                                .bucketRegion(arns.region())
                                .build())
                        .toList())
                .owner(owner -> owner.id(Caller.ACCOUNT).displayName("local"))
                .build();
    }

    private HeadBucketResponse head(HeadBucketRequest request) {
        view(request.bucket());
        return HeadBucketResponse.builder().bucketRegion(arns.region()).build();
    }

    private GetBucketLocationResponse location(GetBucketLocationRequest request) {
        view(request.bucket());
        return GetBucketLocationResponse.builder()
                .locationConstraint(arns.region().equals("us-east-1") ? "" : arns.region())
                .build();
    }

    private GetBucketEncryptionResponse encryption(GetBucketEncryptionRequest request) {
        ServerSideEncryption algorithm =
                ServerSideEncryption.fromValue(view(request.bucket()).encryption());
        return GetBucketEncryptionResponse.builder()
                .serverSideEncryptionConfiguration(
                        configuration -> configuration.rules(ServerSideEncryptionRule.builder()
                                .applyServerSideEncryptionByDefault(rule -> rule.sseAlgorithm(algorithm))
                                .bucketKeyEnabled(false)
                                .build()))
                .build();
    }

    private GetBucketPolicyStatusResponse policyStatus(GetBucketPolicyStatusRequest request) {
        boolean isPublic = view(request.bucket()).publicRead();
        return GetBucketPolicyStatusResponse.builder()
                .policyStatus(status -> status.isPublic(isPublic))
                .build();
    }

    private GetBucketTaggingResponse tagging(GetBucketTaggingRequest request) {
        return GetBucketTaggingResponse.builder()
                .tagSet(Tags.of(view(request.bucket()).name()).entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    private ListBucketMetricsConfigurationsResponse metrics(ListBucketMetricsConfigurationsRequest request) {
        return ListBucketMetricsConfigurationsResponse.builder()
                .isTruncated(false)
                .metricsConfigurationList(MetricsConfiguration.builder()
                        .id(view(request.bucket()).metricsFilter())
                        .build())
                .build();
    }
}
