package io.plimsoll.simulations.cli;

import io.plimsoll.simulations.RunOptions;
import io.plimsoll.simulations.learn.Learning;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a traffic mix and a load profile of a load balancer's access logs. */
@Command(
        name = "learn",
        description = {
            "Makes a traffic mix and a load profile of an Application Load Balancer's access logs.",
            "Requests by path template, their shares and statuses, the popularity of keys, and the hours of the day.",
            "Exit code: 0 written; 64 no access log, or a file is there already; 74 cannot be written."
        },
        mixinStandardHelpOptions = true)
final class LearnCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "1..*",
            paramLabel = "LOG",
            description = "Log files, plain or .gz, or directories with files that end in .log or .log.gz")
    private List<Path> logs = List.of();

    @Option(names = "--name", required = true, description = "Name of the mix and of the profile")
    private String name = "";

    @Option(
            names = "--requests",
            defaultValue = "20",
            description = "How many different requests the mix has at most. Default: ${DEFAULT-VALUE}")
    private int requests;

    @Option(
            names = "--directory",
            paramLabel = "DIRECTORY",
            description = "Where traffic/ and profiles/ are. Default: simulations")
    private Optional<Path> directory = Optional.empty();

    @Option(names = "--force", description = "Replaces files that are there")
    private boolean force;

    @Override
    public Integer call() {
        Path where = directory.orElseGet(() -> RunOptions.home(Path.of("")).resolve("simulations"));
        Learning.Target target = new Learning.Target(name, where.resolve("traffic"), where.resolve("profiles"), force);
        Learning.learn(logs, target, Math.max(1, requests), spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
