package io.plimsoll.simulations.cli;

import io.plimsoll.environments.aws.Bucket;
import io.plimsoll.environments.aws.BucketPlace;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What the script of a gang calls to tell its T0, where results go to a bucket. */
@Command(name = "tell", description = "Puts a text to a bucket.", hidden = true)
final class FleetTellCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "s3://…")
    private String place = "";

    @Parameters(index = "1", paramLabel = "NAME")
    private String name = "";

    @Parameters(index = "2", paramLabel = "TEXT")
    private String text = "";

    @Override
    public Integer call() throws InterruptedException {
        try (Bucket bucket = Bucket.open(BucketPlace.parse(place), Clock.systemUTC())) {
            bucket.put(name, text + "\n");
        }
        return 0;
    }
}
