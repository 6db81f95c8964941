package io.plimsoll.environments.aws;

import io.plimsoll.environments.aws.Preflight.Check;
import io.plimsoll.environments.aws.Preflight.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes down what a preflight looked at, and which metrics would not be seen. */
final class Checklist {
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, String> dark = new LinkedHashMap<>();

    void add(String what, State state, String says, String remedy) {
        checks.add(new Check(what, state, says, remedy));
    }

    /** Something that was refused or is not there, with the usual remedy. */
    void problem(String what, State state, String sentence) {
        add(what, state, sentence, remedy(sentence));
    }

    /** A metric would not be seen; the first reason stays. */
    void darken(String metric, String why) {
        dark.putIfAbsent(metric, why);
    }

    List<Check> checks() {
        return checks;
    }

    Map<String, String> dark() {
        return dark;
    }

    private static String remedy(String sentence) {
        if (sentence.contains("is missing")) {
            return "allow it in IAM: environments/aws/iam-policy.json holds every permission that is needed";
        }
        return sentence.startsWith("find.") ? "correct the descriptor's section 'find'" : "";
    }
}
