package io.plimsoll.environments.aws;

import io.plimsoll.results.document.DocumentException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a bucket of S3, or of a store that speaks its protocol, written as {@code
 * s3://bucket/prefix?region=eu-west-1&endpoint=https://host:port}. Both parameters may be left out: the region is then the one
 * that the SDK's default chain finds, the endpoint that of AWS. It never holds credentials; they come from the SDK's default
 * chain.
 *
 * @param bucket its name
 * @param prefix what names of objects begin with, without {@code /} at either end; may be empty
 * @param region where the bucket is
 * @param endpoint of a store that is not S3 itself; addressed by path
 */
public record BucketPlace(String bucket, String prefix, Optional<String> region, Optional<URI> endpoint) {
    /** How the text of such a place begins. */
    public static final String SCHEME = "s3://";

    private static final Pattern FORM = Pattern.compile(
            "s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9_.=-]+)*)/?(?:\\?(.*))?", Pattern.DOTALL);
    private static final Pattern ENDPOINT = Pattern.compile("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");

    /**
     * Reads one.
     *
     * @throws DocumentException if the text is none; it is not repeated where it may hold a secret
     */
    public static BucketPlace parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new DocumentException(
                    "must be s3://BUCKET/PREFIX?region=REGION&endpoint=URL (the parameters may be left" + " out), was '"
                            + shown(text) + "'");
        }
        Optional<String> region = Optional.empty();
        Optional<URI> endpoint = Optional.empty();
        for (String parameter : form.group(3) == null
                ? List.<String>of()
                : List.of(form.group(3).split("&", -1))) {
            String[] pair = parameter.split("=", 2);
            if (pair.length == 2
                    && pair[0].equals("region")
                    && REGION.matcher(pair[1]).matches()) {
                region = Optional.of(pair[1]);
            } else if (pair.length == 2
                    && pair[0].equals("endpoint")
                    && ENDPOINT.matcher(pair[1]).matches()) {
                endpoint = Optional.of(URI.create(pair[1]));
            } else {
                throw new DocumentException(
                        "parameters must be region=REGION or endpoint=http(s)://HOST:PORT, one was '" + pair[0]
                                + (pair.length == 2 ? "=…'" : "'"));
            }
        }
        String prefix = form.group(2);
        return new BucketPlace(form.group(1), prefix.isEmpty() ? "" : prefix.substring(1), region, endpoint);
    }

    /** Without what stands before an {@code @}. */
    private static String shown(String text) {
        int at = text.lastIndexOf('@');
        return at < 0 ? text : "…" + text.substring(at);
    }

    /** A place below this one. */
    public BucketPlace below(String name) {
        return new BucketPlace(bucket, key(name), region, endpoint);
    }

    /** The same with a region. */
    BucketPlace in(String found) {
        return new BucketPlace(bucket, prefix, Optional.of(found), endpoint);
    }

    /** The key of an object of this place. */
    String key(String name) {
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        List<String> parameters = new ArrayList<>();
        region.ifPresent(name -> parameters.add("region=" + name));
        endpoint.ifPresent(url -> parameters.add("endpoint=" + url));
        return SCHEME
                + bucket
                + (prefix.isEmpty() ? "" : "/" + prefix)
                + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
    }
}
