package io.plimsoll.results.report;

import io.plimsoll.results.run.RunFacts;
import io.plimsoll.results.verdict.Verdict;
import java.util.regex.Pattern;

/** The commands that repeat a run, ready for a shell. */
final class Commands {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

    private Commands() {}

    /** Runs the same load on the same environment again, with the values that were overridden. */
    static String again(Verdict verdict, RunFacts facts) {
        StringBuilder command = new StringBuilder("mvn gatling:test");
        add(command, "environment", verdict.environment());
        add(command, "stage", verdict.stage());
        add(command, "profile", verdict.profile());
        facts.overrides().forEach((key, value) -> add(command, key, value));
        return command.toString();
    }

    /** Judges the stored evidence again. */
    static String judge(Verdict verdict) {
        return ours("judge results/runs/" + PlainText.line(verdict.runId()));
    }

    /** Makes the run a baseline. */
    static String signOff(Verdict verdict) {
        return ours("sign-off results/runs/" + PlainText.line(verdict.runId()) + " --by NAME --why REASON");
    }

    private static String ours(String arguments) {
        boolean plain = PLAIN.matcher(arguments.replace(" ", "")).matches();
        return "mvn -q compile exec:java "
                + (plain ? "-Dexec.args=\"" + arguments + "\"" : quoted("-Dexec.args=" + arguments));
    }

    private static void add(StringBuilder command, String key, String value) {
        command.append(' ').append(quoted("-D" + PlainText.line(key) + "=" + PlainText.line(value)));
    }

    /** The word as a POSIX shell reads it. */
    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
