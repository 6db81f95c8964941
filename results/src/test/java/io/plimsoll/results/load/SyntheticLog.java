package io.plimsoll.results.load;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Generates logs as an open-model simulation would leave them: users that start at random, send a few requests one after
 * another, some within groups, and end; records in the order in which they happened; some requests KO with a message.
 *
 * <p>From the root: {@code mvn -q -pl results test-compile exec:java -Dexec.skip=false
 * -Dexec.classpathScope=test -Dexec.mainClass=io.plimsoll.results.load.SyntheticLog -Dexec.args="/tmp/simulation.log
 * 6000000 2 1"} writes six million records with two request names from seed 1.
 *
 * @param records at least how many records to write; all users that started end
 * @param names number of request names
 * @param usersPerSecond mean rate of arrival
 * @param seed the same seed gives the same log
 */
record SyntheticLog(long records, int names, int usersPerSecond, long seed) {
    static final long START = 1_795_489_200_123L;
    private static final List<String> GROUPS = List.of("browse", "Käse", "日本語");

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4 && arguments.length != 5) {
            throw new IllegalArgumentException("usage: <file> <records> <names> <seed> [users a second]");
        }
        Path file = Path.of(arguments[0]);
        new SyntheticLog(
                        Long.parseLong(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        arguments.length == 5 ? Integer.parseInt(arguments[4]) : 1000,
                        Long.parseLong(arguments[3]))
                .write(file);
        System.out.println(file + ": " + Files.size(file) + " bytes");
    }

    /** A user on its way: what happens to it next, and when. */
    private record Step(double at, long order, int requestsLeft, int sentAt) implements Comparable<Step> {
        @Override
        public int compareTo(Step other) {
            int byTime = Double.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    void write(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            write(out, ByteOrder.nativeOrder());
        }
    }

    /** Writes the log and gives where its records end, within the first megabytes. */
    List<Integer> write(OutputStream out, ByteOrder textOrder) throws IOException {
        Random random = new Random(seed);
        LogBytes log = new LogBytes(out, textOrder);
        log.run("3.15.1", START, List.of("readers", "作家"), List.of());
        PriorityQueue<Step> steps = new PriorityQueue<>();
        double nextUser = 0;
        long written = 1;
        long order = 0;
        while (written < records || !steps.isEmpty()) {
            Step next = steps.peek();
            if (written < records && (next == null || nextUser <= next.at)) {
                log.user(scenario(nextUser), true, (int) nextUser);
                double end = nextUser + responseMillis(random);
                steps.add(new Step(end, order++, 1 + random.nextInt(3), (int) nextUser));
                nextUser -= Math.log(1 - random.nextDouble()) * 1000 / usersPerSecond;
            } else {
                Step step = steps.remove();
                if (step.requestsLeft == 0) {
                    log.user(scenario(step.at), false, (int) step.at);
                } else {
                    request(log, random, step);
                    int left = step.requestsLeft - 1;
                    double end = left == 0 ? step.at : step.at + responseMillis(random);
                    steps.add(new Step(end, order++, left, (int) step.at));
                }
            }
            written++;
        }
        log.flush();
        return log.ends();
    }

    private static int scenario(double at) {
        return (int) at % 2;
    }

    private void request(LogBytes log, Random random, Step step) throws IOException {
        int number = random.nextInt(names);
        List<String> groups = random.nextInt(10) == 0 ? GROUPS.subList(0, 1 + random.nextInt(3)) : List.of();
        boolean ok = random.nextInt(50) != 0;
        String message = ok ? "" : "status.find.is(200), but actually found " + (500 + random.nextInt(5));
        log.request(groups, (number % 7 == 3 ? "読む " : "read ") + number, step.sentAt, ok, (int) step.at, message);
        if (!groups.isEmpty() && random.nextInt(4) == 0) {
            log.group(groups, step.sentAt, ok, (int) step.at);
        }
        if (random.nextInt(1000) == 0) {
            log.error("No attribute named 'id' is defined", (int) step.at);
        }
    }

    /** Log-normal about 40 ms, with a rare long one. */
    private static double responseMillis(Random random) {
        double usual = Math.exp(Math.log(40) + random.nextGaussian() * 0.6);
        return random.nextInt(5000) == 0 ? usual * 300 : usual;
    }
}
