package io.plimsoll.environments.local.objectstore;

import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/**
 * A store that encrypts everything and tells clients that ask, and whose objects everyone may read, as with a bucket policy
 * that says so.
 */
final class SiteStore extends ForwardingBlobStore {
    /** Takes a store that encrypts what it keeps with AES. */
    SiteStore(BlobStore encrypting) {
        super(encrypting);
    }

    @Override
    public ObjectCannedACL getBlobAccess(String bucket, String key) {
        return ObjectCannedACL.PUBLIC_READ;
    }

    @Override
    public boolean supportsBucketEncryption() {
        return true;
    }

    @Override
    public GetBucketEncryptionResponse getBucketEncryption(GetBucketEncryptionRequest request) {
        return GetBucketEncryptionResponse.builder()
                .serverSideEncryptionConfiguration(
                        configuration -> configuration.rules(ServerSideEncryptionRule.builder()
                                .applyServerSideEncryptionByDefault(
                                        rule -> rule.sseAlgorithm(ServerSideEncryption.AES256))
                                .bucketKeyEnabled(false)
                                .build()))
                .build();
    }
}
