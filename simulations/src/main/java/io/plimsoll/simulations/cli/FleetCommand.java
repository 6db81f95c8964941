package io.plimsoll.simulations.cli;

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
        subcommands = {FleetRunCommand.class, FleetPlanCommand.class})
final class FleetCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is required: " + String.join(", ", spec.subcommands().keySet()));
    }
}
