package io.plimsoll.simulations.cli;

import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.descriptor.EnvironmentFile;
import io.plimsoll.environments.aws.descriptor.Observing;
import io.plimsoll.results.document.Durations;
import io.plimsoll.simulations.RunOptions;
import io.plimsoll.simulations.StackProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts the local stack by itself, so that a descriptor of somebody's own stack can be tried on it. */
@Command(
        name = "local",
        description = {
            "Starts the local stack of stage auto-scaled and leaves it up until standard input ends (Ctrl-D).",
            "Prints a descriptor by which it is found like a stack in an AWS account: save it as environments/mine.yaml.",
            "Exit code: 0 it was stopped, 64 environments/local.yaml is wrong, 69 it did not start."
        },
        mixinStandardHelpOptions = true)
final class LocalCommand implements Callable<Integer> {
    private static final String STAGE = "auto-scaled";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Path home = RunOptions.home(Path.of(""));
        Path file = home.resolve("environments").resolve("local.yaml");
        Environment local = EnvironmentFile.load(file);
        PrintWriter out = spec.commandLine().getOut();
        try (StackProcess stack = StackProcess.start(home, file, STAGE, new TreeMap<>(), line -> {})) {
            out.print(descriptor(local, stack));
            out.println("cannot-show:");
            local.cannotShow()
                    .forEach(
                            (claim, reason) -> out.println("  \"" + claim + "\": '" + reason.replace("'", "''") + "'"));
            out.flush();
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        return 0;
    }

    /** It names the load balancer and nothing else; bounds, rates and periods are those of the local file. */
    private static String descriptor(Environment local, StackProcess stack) {
        Observing observe = local.observe();
        return String.format(
                Locale.ROOT,
                """
                environment: mine
                kind: aws
                region: %s
                base-url: %s
                endpoint: %s
                time-scale: %s   # a minute of AWS takes 3 s here
                stages: [%s]
                load:
                  allowed-hosts: [127.0.0.1]
                  max-requests-per-second: %.0f
                  max-requests: %d
                  max-duration: %s
                  base-requests-per-second: %.0f
                  peak-requests-per-second: %.0f
                observe:
                  period: %s
                  target-health-poll: %s
                  live-metrics: false
                  settle-quiet: %s
                  settle-deadline: %s
                find:
                  load-balancer: plimsoll-lb
                """,
                local.region(),
                stack.baseUrl(),
                stack.awsEndpoint(),
                local.timeScale(),
                STAGE,
                local.permission().maxRequestsPerSecond(),
                local.permission().maxRequests(),
                Durations.print(local.permission().maxDuration()),
                local.rates().basePerSecond(),
                local.rates().peakPerSecond(),
                Durations.print(observe.period()),
                Durations.print(observe.targetHealthPoll()),
                Durations.print(observe.settleQuiet()),
                Durations.print(observe.settleDeadline()));
    }
}
