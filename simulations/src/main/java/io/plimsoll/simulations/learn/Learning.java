package io.plimsoll.simulations.learn;

import io.plimsoll.results.document.DocumentException;
import io.plimsoll.results.run.WholeFile;
import io.plimsoll.simulations.plan.LoadProfile;
import io.plimsoll.simulations.plan.Traffic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Makes a traffic mix and a load profile of access logs. */
public final class Learning {
    private Learning() {}

    /**
     * Where the files go.
     *
     * @param name of the mix and the profile: lower-case letters, digits and hyphens
     * @param traffic directory of traffic mixes
     * @param profiles directory of load profiles
     * @param overwrite whether files that are there are replaced
     */
    public record Target(String name, Path traffic, Path profiles, boolean overwrite) {
        public Target {
            if (!name.matches("[a-z][a-z0-9-]*")) {
                throw new DocumentException(
                        "--name: must be lower-case letters, digits and '-', beginning with a letter, was '" + name
                                + "'");
            }
        }
    }

    /**
     * Reads logs, writes the files, and reads those as a run will.
     *
     * @param most requests that the mix has at most
     * @param say told, line by line, what was found
     * @throws DocumentException if a log cannot be read or a file is there already
     */
    public static void learn(List<Path> logs, Target target, int most, Consumer<String> say) {
        Observed observed = new Observed();
        AccessLogs.Read read = AccessLogs.read(logs, observed::add);
        LearntTraffic learnt = new LearntTraffic(target.name(), observed, most);
        if (learnt.requests().isEmpty()) {
            throw new DocumentException(logs.get(0) + ": no request can be learnt: "
                    + learnt.leftOut().get(0));
        }
        SortedMap<Path, String> files = new TreeMap<>();
        learnt.mix().forEach((file, text) -> files.put(target.traffic().resolve(file), text));
        learnt.profile().ifPresent(text -> files.put(target.profiles().resolve(target.name() + ".yaml"), text));
        refuseOverwriting(files, target);
        files.forEach((file, text) -> WholeFile.write(file, text));

        Traffic.read(target.traffic(), target.name());
        if (learnt.profile().isPresent()) {
            LoadProfile.read(target.profiles(), target.name());
        }
        report(read, observed, learnt, say);
        files.keySet().forEach(file -> say.accept("wrote " + file));
    }

    private static void refuseOverwriting(SortedMap<Path, String> files, Target target) {
        List<Path> there = new ArrayList<>(files.keySet());
        there.removeIf(file -> !Files.exists(file));
        if (!there.isEmpty() && !target.overwrite()) {
            throw new DocumentException(there.get(0) + ": is there already; --force replaces it");
        }
    }

    private static void report(AccessLogs.Read read, Observed observed, LearntTraffic learnt, Consumer<String> say) {
        say.accept(read.entries() + " requests in " + observed.hours().size() + " hours, " + learnt.ratio());
        for (LearntRequest request : learnt.requests()) {
            long requests = request.endpoint().tally().requests();
            long hottest = request.endpoint().paths().values().stream()
                    .mapToLong(Long::longValue)
                    .max()
                    .orElseThrow();
            String keys = request.columns().isEmpty()
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            ", %d keys, the hottest %.2f %%",
                            request.endpoint().paths().size(),
                            100.0 * hottest / requests);
            say.accept(String.format(
                    Locale.ROOT,
                    "  %6.2f %%  %s%s",
                    100.0 * requests / observed.requests(),
                    request.endpoint().text(),
                    keys));
        }
        learnt.leftOut().stream().limit(10).forEach(line -> say.accept("left out: " + line));
        if (learnt.leftOut().size() > 10) {
            say.accept("left out: " + (learnt.leftOut().size() - 10) + " more");
        }
        if (observed.withQuery() > 0) {
            say.accept("queries of " + observed.withQuery() + " requests were left out: they may hold secrets");
        }
        read.firstUnreadable()
                .ifPresent(place ->
                        say.accept(read.unreadable() + " lines are no well-formed requests; the first is " + place));
    }
}
