package io.plimsoll.simulations.cli;

import io.plimsoll.environments.aws.AwsClients;
import io.plimsoll.environments.aws.Fingerprint;
import io.plimsoll.environments.aws.TopologyDiscovery;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.descriptor.EnvironmentFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what is deployed, as a tree. */
@Command(
        name = "topology",
        description = {
            "Discovers the stack that an environment's file names, and prints it as a tree. Nothing is changed.",
            "Exit code: 0 found, 64 the file is wrong, 69 something named was not found or may not be seen."
        },
        mixinStandardHelpOptions = true)
final class TopologyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "Such as environments/staging.yaml")
    private Path file = Path.of("");

    @Override
    public Integer call() throws InterruptedException {
        Environment environment = EnvironmentFile.load(file);
        PrintWriter out = spec.commandLine().getOut();
        try (AwsClients clients = AwsClients.open(Deployments.of(environment, file), Clock.systemUTC())) {
            TopologyDiscovery.Seen seen = new TopologyDiscovery(clients, environment).look();
            out.println(environment.name() + ", region " + environment.region());
            out.print(TopologyTree.of(seen.topology()));
            out.println("fingerprint " + Fingerprint.of(seen.topology()));
            seen.warnings().forEach(warning -> out.println("not seen: " + warning));
        }
        out.flush();
        return 0;
    }
}
