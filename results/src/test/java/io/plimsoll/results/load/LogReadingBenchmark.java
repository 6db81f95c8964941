package io.plimsoll.results.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Measures how fast a log is read: five times over, each printed, as the first ones warm the JVM up.
 *
 * <p>From the root, after {@link SyntheticLog} wrote a log: {@code mvn -q -pl results test-compile exec:java -Dexec.skip=false
 * -Dexec.classpathScope=test -Dexec.mainClass=io.plimsoll.results.load.LogReadingBenchmark
 * -Dexec.args="/tmp/simulation.log"}.
 */
final class LogReadingBenchmark {
    private LogReadingBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("usage: <simulation.log>");
        }
        Path file = Path.of(arguments[0]);
        for (int round = 1; round <= 5; round++) {
            long start = System.nanoTime();
            LogIntegrity integrity = GatlingLog.read(file).integrity();
            double seconds = (System.nanoTime() - start) / 1e9;
            long records = integrity.requests() + integrity.usersStarted() + integrity.usersEnded();
            System.out.printf(
                    "%d: %.0f MB, %d request and user records in %.2f s: %.1f million records/s%n",
                    round, Files.size(file) / 1e6, records, seconds, records / seconds / 1e6);
        }
    }
}
