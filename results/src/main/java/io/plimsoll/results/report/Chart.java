package io.plimsoll.results.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One chart over the time axis.
 *
 * @param id of its element, unique in the page
 * @param title what it shows
 * @param unit of every value; empty for a count
 * @param lines what is drawn; empty if there is nothing
 * @param bands stretches to point out, such as a stopped replication
 * @param notes how to read it, whole sentences
 * @param missing why there is no line; empty if there is one
 */
record Chart(
        String id, String title, String unit, List<Line> lines, List<Band> bands, List<String> notes, String missing) {
    /** Colours of the palette, from {@code --c0} in report.css. */
    static final int COLOURS = 8;

    private static final double LOGARITHMIC_FROM = 50;
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_NOTE = 600;

    /**
     * One line.
     *
     * @param name of what it shows
     * @param style how it is drawn
     * @param colour index into the palette
     * @param holdSeconds how long after a point its value is still the one to read
     * @param points ascending in time
     */
    record Line(String name, Style style, int colour, double holdSeconds, List<Point> points) {
        Line {
            name = PlainText.line(name, LONGEST_NAME);
            points = List.copyOf(points);
        }

        /** The classes of the swatch that stands for the line. */
        String swatch() {
            return "c" + colour % COLOURS + " " + style.name().toLowerCase(Locale.ROOT);
        }

        /** The points that have a value. */
        List<Point> values() {
            return points.stream().filter(point -> point.value().isPresent()).toList();
        }

        Optional<Point> lowest() {
            return values().stream().min(Comparator.comparingDouble(Point::number));
        }

        Optional<Point> highest() {
            return values().stream().max(Comparator.comparingDouble(Point::number));
        }

        Optional<Point> last() {
            List<Point> values = values();
            return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
        }
    }

    /** A point; without a value it breaks the line. */
    record Point(double seconds, OptionalDouble value) {
        static Point of(double seconds, double value) {
            return new Point(seconds, OptionalDouble.of(value));
        }

        static Point gap(double seconds) {
            return new Point(seconds, OptionalDouble.empty());
        }

        double number() {
            return value.orElseThrow();
        }
    }

    /** A stretch of the time axis, in seconds, with what it says. */
    record Band(double from, double to, String says) {}

    /** How a line is drawn; told apart without colour. */
    enum Style {
        SOLID,
        DASHED,
        DOTTED,
        STEP,
        STEP_DASHED,
        STEP_DOTTED,
        POINTS;

        /** Straight lines, told apart by their index. */
        static Style straight(int index) {
            return List.of(SOLID, DASHED, DOTTED).get(index % 3);
        }

        /** Steps, told apart by their index. */
        static Style step(int index) {
            return List.of(STEP, STEP_DASHED, STEP_DOTTED).get(index % 3);
        }
    }

    Chart {
        lines = List.copyOf(lines);
        bands = List.copyOf(bands);
        notes = notes.stream()
                .filter(note -> !note.isBlank())
                .map(note -> PlainText.line(note, LONGEST_NOTE))
                .toList();
        title = PlainText.line(title, LONGEST_NAME);
        missing = PlainText.line(missing, LONGEST_NOTE);
        if (lines.isEmpty() == missing.isBlank()) {
            throw new IllegalArgumentException(id + ": must have lines, or say why there are none");
        }
    }

    static Chart empty(String id, String title, String unit, String missing) {
        return new Chart(id, title, unit, List.of(), List.of(), List.of(), missing);
    }

    /** Whether a linear axis would hide the small values: the highest is 50 × the lowest or more, and none is 0. */
    boolean logarithmic() {
        double lowest = lines.stream()
                .flatMap(line -> line.lowest().stream())
                .mapToDouble(Point::number)
                .min()
                .orElse(0);
        double highest = lines.stream()
                .flatMap(line -> line.highest().stream())
                .mapToDouble(Point::number)
                .max()
                .orElse(0);
        return lowest > 0 && highest >= LOGARITHMIC_FROM * lowest;
    }

    /** The chart in one sentence for who cannot see it. */
    String inWords() {
        if (lines.isEmpty()) {
            return title + ": no data. " + missing;
        }
        StringBuilder words = new StringBuilder(title).append(": ");
        String separator = "";
        for (Line line : lines) {
            words.append(separator).append(inWords(line));
            separator = "; ";
        }
        return words.append('.').toString();
    }

    private String inWords(Line line) {
        if (line.values().isEmpty()) {
            return line.name() + " has no value";
        }
        return line.name() + " lowest " + quantity(line.lowest()) + ", highest " + quantity(line.highest()) + " at "
                + line.highest().map(point -> Figures.elapsed(point.seconds())).orElse("") + ", last "
                + quantity(line.last());
    }

    /** A point's value with the unit; a dash if there is none. */
    String quantity(Optional<Point> point) {
        return point.map(value -> Figures.quantity(value.number(), unit)).orElse("–");
    }
}
