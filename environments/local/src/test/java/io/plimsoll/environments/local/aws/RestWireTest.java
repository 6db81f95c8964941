package io.plimsoll.environments.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.environments.local.site.AuditTrail;
import io.undertow.Undertow;
import io.undertow.server.handlers.BlockingHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.CreateInvalidationRequest;
import software.amazon.awssdk.services.cloudfront.model.CreateInvalidationResponse;
import software.amazon.awssdk.services.cloudfront.model.DistributionSummary;
import software.amazon.awssdk.services.cloudfront.model.ListDistributionsRequest;
import software.amazon.awssdk.services.cloudfront.model.ListDistributionsResponse;
import software.amazon.awssdk.services.cloudfront.model.NoSuchDistributionException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ListFunctionsRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListHostedZonesRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** The REST bindings, by services that the SDK's clients call and that answer what this test says. */
@SuppressWarnings("unchecked") // the SDK's builders take several consumers of generic types
class RestWireTest {
    private static final Instant T0 = Instant.parse("2026-11-24T04:00:00Z");

    private final List<SdkPojo> asked = new ArrayList<>();
    private final AuditTrail audit = new AuditTrail(Clock.systemUTC());
    private final Undertow server = Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(new BlockingHandler(new Dispatcher(
                    List.of(cloudFront(), route53(), s3(), lambda()),
                    new EndpointFaults(),
                    audit,
                    scope -> Optional.empty())))
            .build();

    RestWireTest() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(B builder) {
        int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
        return builder.endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private Service cloudFront() {
        return Service.restXml(
                "cloudfront",
                "cloudfront",
                "http://cloudfront.amazonaws.com/doc/2020-05-31/",
                List.of(
                        Operation.rest(
                                "ListDistributions",
                                "GET /2020-05-31/distribution",
                                ListDistributionsRequest::builder,
                                request -> {
                                    asked.add(request);
                                    return ListDistributionsResponse.builder()
                                            .distributionList(list -> list.maxItems(100)
                                                    .quantity(1)
                                                    .isTruncated(false)
                                                    .items(DistributionSummary.builder()
                                                            .id("E1")
                                                            .domainName("a<b&c")
                                                            .lastModifiedTime(T0)
                                                            .enabled(true)
                                                            .aliases(aliases -> aliases.quantity(2)
                                                                    .items("one.example", "two.example"))
                                                            .build()))
                                            .build();
                                }),
                        Operation.rest(
                                "CreateInvalidation",
                                "POST /2020-05-31/distribution/{DistributionId}/invalidation",
                                CreateInvalidationRequest::builder,
                                request -> {
                                    asked.add(request);
                                    if (!request.distributionId().equals("E1")) {
                                        throw AwsFault.notFound(
                                                "NoSuchDistribution", "The specified distribution does not exist.");
                                    }
                                    return CreateInvalidationResponse.builder()
                                            .location("http://x/1")
                                            .invalidation(i -> i.id("I1")
                                                    .status("Completed")
                                                    .createTime(T0)
                                                    .invalidationBatch(request.invalidationBatch()))
                                            .build();
                                })));
    }

    private Service route53() {
        return Service.restXml(
                "route53",
                "route53",
                "https://route53.amazonaws.com/doc/2013-04-01/",
                List.of(
                        Operation.rest(
                                "ListHostedZones",
                                "GET /2013-04-01/hostedzone",
                                ListHostedZonesRequest::builder,
                                request -> ListHostedZonesResponse.builder()
                                        .hostedZones(HostedZone.builder()
                                                .id("/hostedzone/Z1")
                                                .name("plimsoll.test.")
                                                .callerReference("1")
                                                .build())
                                        .isTruncated(false)
                                        .maxItems("100")
                                        .build()),
                        Operation.rest(
                                "ListResourceRecordSets",
                                "GET /2013-04-01/hostedzone/{Id}/rrset",
                                ListResourceRecordSetsRequest::builder,
                                request -> {
                                    asked.add(request);
                                    return ListResourceRecordSetsResponse.builder()
                                            .resourceRecordSets(ResourceRecordSet.builder()
                                                    .name("app.plimsoll.test.")
                                                    .type(RRType.A)
                                                    .ttl(5L)
                                                    .resourceRecords(ResourceRecord.builder()
                                                            .value("127.0.0.1")
                                                            .build())
                                                    .build())
                                            .isTruncated(false)
                                            .maxItems("100")
                                            .build();
                                })));
    }

    private Service s3() {
        return Service.restXml(
                "s3",
                "s3",
                "http://s3.amazonaws.com/doc/2006-03-01/",
                List.of(
                        Operation.rest(
                                "ListBuckets",
                                "GET /",
                                ListBucketsRequest::builder,
                                request -> ListBucketsResponse.builder()
                                        .buckets(Bucket.builder()
                                                .name("plimsoll-static")
                                                .creationDate(T0)
                                                .build())
                                        .build()),
                        Operation.rest(
                                "HeadBucket",
                                "HEAD /{Bucket}",
                                HeadBucketRequest::builder,
                                request -> HeadBucketResponse.builder()
                                        .bucketRegion("us-east-1")
                                        .build()),
                        Operation.rest(
                                "GetBucketEncryption",
                                "GET /{Bucket}?encryption",
                                GetBucketEncryptionRequest::builder,
                                request -> {
                                    if (!request.bucket().equals("plimsoll-static")) {
                                        throw AwsFault.notFound("NoSuchBucket", "The specified bucket does not exist");
                                    }
                                    return GetBucketEncryptionResponse.builder()
                                            .serverSideEncryptionConfiguration(
                                                    c -> c.rules(r -> r.applyServerSideEncryptionByDefault(
                                                            d -> d.sseAlgorithm(ServerSideEncryption.AES256))))
                                            .build();
                                })));
    }

    private Service lambda() {
        return Service.restJson(
                "lambda",
                "lambda",
                List.of(Operation.rest(
                        "ListFunctions", "GET /2015-03-31/functions", ListFunctionsRequest::builder, request -> {
                            if (request.maxItems() != null && request.maxItems() > 50) {
                                throw AwsFault.badRequest("InvalidParameterValueException", "MaxItems is too large");
                            }
                            return ListFunctionsResponse.builder()
                                    .functions(FunctionConfiguration.builder()
                                            .functionName("plimsoll-worker")
                                            .memorySize(128)
                                            .build())
                                    .build();
                        })));
    }

    @Test
    void aPayloadIsTheRootAndQueryParametersAreRead() {
        try (CloudFrontClient cloudFront = client(CloudFrontClient.builder())) {
            DistributionSummary summary = cloudFront
                    .listDistributions(r -> r.maxItems("7").marker("a b"))
                    .distributionList()
                    .items()
                    .get(0);

            assertThat(summary.domainName()).isEqualTo("a<b&c");
            assertThat(summary.lastModifiedTime()).isEqualTo(T0);
            assertThat(summary.aliases().items()).containsExactly("one.example", "two.example");
            assertThat(asked)
                    .containsExactly(ListDistributionsRequest.builder()
                            .maxItems("7")
                            .marker("a b")
                            .build());
        }
    }

    @Test
    void aBodyIsReadAndAnErrorIsOfItsClass() {
        try (CloudFrontClient cloudFront = client(CloudFrontClient.builder())) {
            var answer = cloudFront.createInvalidation(r -> r.distributionId("E1")
                    .invalidationBatch(b ->
                            b.callerReference("one").paths(p -> p.quantity(2).items("/a/*", "/<b>"))));

            assertThat(answer.location()).isEqualTo("http://x/1");
            assertThat(answer.invalidation().invalidationBatch().paths().items())
                    .containsExactly("/a/*", "/<b>");
            assertThat(audit.entries()).extracting(AuditTrail.Entry::name).containsExactly("CreateInvalidation");
            assertThatThrownBy(() -> cloudFront.createInvalidation(r -> r.distributionId("E2")
                            .invalidationBatch(b -> b.callerReference("one")
                                    .paths(p -> p.quantity(1).items("/*")))))
                    .isInstanceOf(NoSuchDistributionException.class)
                    .hasMessageContaining("The specified distribution does not exist.");
        }
    }

    @Test
    void aSegmentOfThePathIsAMember() {
        try (Route53Client route53 = client(Route53Client.builder())) {
            assertThat(route53.listHostedZones().hostedZones())
                    .extracting(HostedZone::name)
                    .containsExactly("plimsoll.test.");
            assertThat(route53.listResourceRecordSets(r -> r.hostedZoneId("Z1")
                                    .startRecordType(RRType.A)
                                    .startRecordName("app"))
                            .resourceRecordSets()
                            .get(0)
                            .resourceRecords()
                            .get(0)
                            .value())
                    .isEqualTo("127.0.0.1");
            assertThat(((ListResourceRecordSetsRequest) asked.get(0)).hostedZoneId())
                    .isEqualTo("Z1");
        }
    }

    @Test
    void subresourcesHeadersAndErrorsOfS3AreUnderstood() {
        try (S3Client s3 = client(S3Client.builder())) {
            assertThat(s3.listBuckets().buckets()).extracting(Bucket::name).containsExactly("plimsoll-static");
            assertThat(s3.headBucket(r -> r.bucket("plimsoll-static")).bucketRegion())
                    .isEqualTo("us-east-1");
            assertThat(s3.getBucketEncryption(r -> r.bucket("plimsoll-static"))
                            .serverSideEncryptionConfiguration()
                            .rules()
                            .get(0)
                            .applyServerSideEncryptionByDefault()
                            .sseAlgorithm())
                    .isEqualTo(ServerSideEncryption.AES256);
            assertThatThrownBy(() -> s3.getBucketEncryption(r -> r.bucket("other")))
                    .isInstanceOfSatisfying(S3Exception.class, error -> {
                        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("NoSuchBucket");
                        assertThat(error.awsErrorDetails().errorMessage())
                                .isEqualTo("The specified bucket does not exist");
                    });
            assertThatThrownBy(() -> s3.getBucketPolicy(r -> r.bucket("plimsoll-static")))
                    .isInstanceOf(S3Exception.class)
                    .hasMessageContaining("Unknown operation GET /plimsoll-static");
        }
    }

    @Test
    void restJsonCarriesListsAndTheClassOfAnError() {
        try (LambdaClient lambda = client(LambdaClient.builder())) {
            assertThat(lambda.listFunctions().functions().get(0).memorySize()).isEqualTo(128);
            assertThatThrownBy(() -> lambda.listFunctions(r -> r.maxItems(51)))
                    .isInstanceOf(LambdaException.class)
                    .hasMessageContaining("MaxItems is too large");
        }
    }
}
