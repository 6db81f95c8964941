package io.plimsoll.simulations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is wrong with a fleet is said before anything is started. */
class FleetCommandTest {
    private record Ran(int exitCode, String out, String err) {}

    private static Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                PlimsollCommand.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return new Ran(line.execute(arguments), out.toString(), err.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--engine=local --injectors=0|--injectors: must be 1 to 1000, was 0",
                "--engine=local --injectors=1001|--injectors: must be 1 to 1000, was 1001",
                "--engine=locl --injectors=2|--engine: must be local, slurm, kubernetes or batch, was 'locl'",
                "--engine=local --injectors=2 --heap=1|--heap: must be a size as Java writes it, such as 512m, was '1'",
                "--engine=local --injectors=2 --lead=soon|--lead: must be a duration such as '20 s' or '30 min', was 'soon'",
                "--engine=kubernetes --injectors=2|--image, --volume, --mount, --checkout, --cpus, --memory: volume: needs a"
                        + " name and an absolute mount path, was '', ''",
                "--engine=kubernetes --injectors=2 --results=s3://results|--image, --volume, --mount, --checkout, --cpus,"
                        + " --memory: hosting: needs an image, a CPU and 256 MB; was '', 4, 2048",
                "--engine=local --injectors=2 --results=/tmp|--results: must be s3://BUCKET/PREFIX?region=REGION&endpoint=URL"
                        + " (the parameters may be left out), was '/tmp'",
                "--engine=local --injectors=2 -Dprofile=capacity|profile 'capacity' searches for a rate, which one injector does"
                        + " alone",
            })
    void oneSentenceSaysWhatIsWrong(String options, String message) {
        String[] arguments = ("fleet run " + options).split(" ", -1);
        Ran ran = run(arguments);
        assertThat(ran.err()).isEqualTo("plimsoll: " + message + "\n");
        assertThat(ran.exitCode()).isEqualTo(64);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void anUnknownProfileListsTheValidOnes() {
        Ran ran = run("fleet", "run", "--engine=local", "--injectors=2", "-Dprofile=spik");
        assertThat(ran.exitCode()).isEqualTo(64);
        assertThat(ran.err()).contains("spik").contains("spike");
    }

    @Test
    void theCommandAloneNamesItsCommands() {
        Ran ran = run("fleet");
        assertThat(ran.exitCode()).isEqualTo(64);
        assertThat(ran.err()).startsWith("plimsoll: a command is required: run, plan\n");
    }
}
