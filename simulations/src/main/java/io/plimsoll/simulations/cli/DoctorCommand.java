package io.plimsoll.simulations.cli;

import io.plimsoll.assertions.StageFiles;
import io.plimsoll.environments.aws.AwsClients;
import io.plimsoll.environments.aws.Preflight;
import io.plimsoll.environments.aws.Preflight.Check;
import io.plimsoll.environments.aws.Preflight.State;
import io.plimsoll.environments.aws.descriptor.Environment;
import io.plimsoll.environments.aws.descriptor.EnvironmentFile;
import io.plimsoll.results.observation.MetricVocabulary;
import io.plimsoll.simulations.Blindness;
import io.plimsoll.simulations.Machine;
import io.plimsoll.simulations.RunOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says on one screen what a run would not see, and what to do about it. */
@Command(
        name = "doctor",
        description = {
            "Checks files, credentials, permissions, monitoring and this machine before any load is sent.",
            "Exit code: 0 all is well, 3 some claims would be INCONCLUSIVE, 64 a file is wrong, 69 a run would be refused."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private static final int INCONCLUSIVE = 3;
    private static final int UNAVAILABLE = 69;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "Such as environments/staging.yaml")
    private Path file = Path.of("");

    @Override
    public Integer call() throws InterruptedException {
        Environment environment = EnvironmentFile.load(file);
        Path home = RunOptions.home(Path.of(""));
        StageFiles stages = StageFiles.load(
                home.resolve("assertions").resolve("stages"),
                MetricVocabulary.standard().with(environment.metrics()));
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("files", State.FINE, file + " and the stages it names are valid", ""));
        List<String> blind = List.of();
        if (environment.embedded()) {
            checks.add(new Check("stack", State.FINE, "is started by the run itself", ""));
        } else {
            try (AwsClients clients = AwsClients.open(environment.deployed(), Clock.systemUTC())) {
                Preflight.Findings seen = new Preflight(clients, environment, Clock.systemUTC())
                        .look(Blindness.metrics(environment, stages));
                checks.addAll(seen.checks());
                blind = Blindness.shortened(
                        environment.stages().stream().map(stages::stage).toList(), seen.dark());
            }
        }
        checks.addAll(Machine.checks(environment.rates().peakPerSecond()));
        print(checks, blind);
        State worst = checks.stream().map(Check::state).max(State::compareTo).orElse(State.FINE);
        return worst == State.REFUSED ? UNAVAILABLE : worst == State.BLIND ? INCONCLUSIVE : 0;
    }

    /** On one screen: a remedy that is the same for several is said once, and what lacks the same is one line. */
    private void print(List<Check> checks, List<String> blind) {
        PrintWriter out = spec.commandLine().getOut();
        for (int i = 0; i < checks.size(); i++) {
            Check check = checks.get(i);
            String mark = check.state() == State.FINE ? "ok   " : check.state() == State.BLIND ? "BLIND" : "STOP ";
            out.printf("%s %-15s %s%n", mark, check.what(), check.says());
            boolean again = i + 1 < checks.size() && checks.get(i + 1).remedy().equals(check.remedy());
            if (!check.remedy().isEmpty() && !again) {
                out.printf("      %-15s do: %s%n", "", check.remedy());
            }
        }
        blind.forEach(line -> out.println("INCONCLUSIVE  " + line));
        out.flush();
    }
}
