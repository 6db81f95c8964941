package io.plimsoll.environments.local.photos;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A photo by what it is called everywhere.
 *
 * @param name lower-case letters, digits and hyphens, 1 to 40
 */
public record Photo(String name) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern JOB = Pattern.compile("\\{\"photo\":\"([a-z0-9-]{1,40})\"}");

    public Photo {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("photo: name must be 1 to 40 of a-z, 0-9 and '-', was '" + name + "'");
        }
    }

    /** The photo that a row of the table {@code photos} numbers. */
    public static Photo of(long id) {
        return new Photo(Long.toString(id));
    }

    /** The photo of a job; empty if the text is none. */
    public static Optional<Photo> ofJob(String text) {
        Matcher job = JOB.matcher(text);
        return job.matches() ? Optional.of(new Photo(job.group(1))) : Optional.empty();
    }

    /** The job to make its thumbnail. */
    public String job() {
        return "{\"photo\":\"" + name + "\"}";
    }

    /** Key of the object that was uploaded. */
    public String originalKey() {
        return "photos/" + name;
    }

    /** Key of the object that a worker makes. */
    public String thumbnailKey() {
        return "thumbnails/" + name;
    }
}
