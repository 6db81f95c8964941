package io.plimsoll.environments.local.photos;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests to S3, as "Signature Calculations for the Authorization Header" of the S3 API reference says, for paths
 * that need no escaping and without a query.
 *
 * @param keyId access key id
 * @param secretKey secret access key
 * @param region such as {@code us-east-1}
 */
public record SignatureV4(String keyId, String secretKey, String region) {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";

    /**
     * The headers that a request needs to be taken as the key holder's; {@code Host} is among what is signed.
     *
     * @param others further headers that are to be signed, by lower-case name
     */
    public Map<String, String> headers(String method, URI uri, Map<String, String> others, byte[] body, Instant at) {
        String moment = MOMENT.format(at);
        String date = moment.substring(0, 8);
        String hash = sha256(body);
        SortedMap<String, String> signed = new TreeMap<>(others);
        signed.put("host", uri.getAuthority());
        signed.put("x-amz-content-sha256", hash);
        signed.put("x-amz-date", moment);
        String names = String.join(";", signed.keySet());
        String canonical = method + "\n" + uri.getRawPath() + "\n\n"
                + signed.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                        .collect(Collectors.joining())
                + "\n" + names + "\n" + hash;
        String scope = date + "/" + region + "/s3/aws4_request";
        String toSign =
                ALGORITHM + "\n" + moment + "\n" + scope + "\n" + sha256(canonical.getBytes(StandardCharsets.UTF_8));
        Map<String, String> headers = new LinkedHashMap<>(others);
        headers.put("x-amz-content-sha256", hash);
        headers.put("x-amz-date", moment);
        headers.put(
                "Authorization",
                ALGORITHM + " Credential=" + keyId + "/" + scope + ",SignedHeaders=" + names + ",Signature="
                        + HexFormat.of().formatHex(hmac(signingKey(date), toSign)));
        return headers;
    }

    private byte[] signingKey(String date) {
        byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {date, region, "s3", "aws4_request"}) {
            key = hmac(key, part);
        }
        return key;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA256", e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "SignatureV4[keyId=" + keyId + "]";
    }
}
