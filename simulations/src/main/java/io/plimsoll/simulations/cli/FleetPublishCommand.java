package io.plimsoll.simulations.cli;

import io.plimsoll.environments.aws.Bucket;
import io.plimsoll.environments.aws.BucketPlace;
import io.plimsoll.results.run.ShardPlace;
import io.plimsoll.simulations.fleet.ShardDelivery;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code simulations/injector} calls after its load, where results go to a bucket. */
@Command(name = "publish", description = "Puts what an injector left to a bucket.", hidden = true)
final class FleetPublishCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @Parameters(index = "0", paramLabel = "s3://…")
    private String place = "";

    @Parameters(index = "1", paramLabel = "DIRECTORY")
    private Path directory = Path.of("");

    @Parameters(index = "2", paramLabel = "INDEX")
    private int index;

    @Option(names = "--await", description = "Then wait until so many injectors have published, 2 minutes at most")
    private int all;

    @Override
    public Integer call() throws InterruptedException {
        try (Bucket bucket = Bucket.open(BucketPlace.parse(place), Clock.systemUTC())) {
            ShardDelivery delivery = new ShardDelivery(bucket);
            delivery.publish(new ShardPlace(directory), index);
            if (all > 0) {
                delivery.await(all, LONGEST);
            }
        }
        return 0;
    }
}
