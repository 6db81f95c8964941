package io.plimsoll.simulations.cli;

import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Load by several injectors. */
@Command(
        name = "fleet",
        description = {"Load by several injectors, started by an engine that exists.", "Exit code: that of the command."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            FleetRunCommand.class,
            FleetPlanCommand.class,
            FleetFetchCommand.class,
            FleetPublishCommand.class,
            FleetTellCommand.class
        })
final class FleetCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is required: "
                        + spec.subcommands().values().stream()
                                .map(CommandLine::getCommandSpec)
                                .filter(command -> !command.usageMessage().hidden())
                                .map(CommandSpec::name)
                                .collect(Collectors.joining(", ")));
    }
}
