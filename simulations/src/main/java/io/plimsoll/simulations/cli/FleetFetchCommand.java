package io.plimsoll.simulations.cli;

import io.plimsoll.environments.aws.Bucket;
import io.plimsoll.environments.aws.BucketPlace;
import io.plimsoll.simulations.fleet.ShardDelivery;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What {@code simulations/injector} calls before its load, where results go to a bucket. */
@Command(name = "fetch", description = "Gets what an injector must know from a bucket.", hidden = true)
final class FleetFetchCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "s3://…")
    private String place = "";

    @Parameters(index = "1", paramLabel = "DIRECTORY")
    private Path directory = Path.of("");

    @Override
    public Integer call() throws InterruptedException {
        try (Bucket bucket = Bucket.open(BucketPlace.parse(place), Clock.systemUTC())) {
            new ShardDelivery(bucket).fetch(directory);
        }
        return 0;
    }
}
