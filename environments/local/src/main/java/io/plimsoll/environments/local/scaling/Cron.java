package io.plimsoll.environments.local.scaling;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A recurrence in Unix' cron form, in UTC: minute, hour, day of month, month, day of week; each {@code *}, a number, a
 * range, a list of those, or with a {@code /step}. Where both days are restricted, either suffices.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/crontab.html">crontab (POSIX)</a>
 */
public final class Cron {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    /** Beyond this a recurrence is taken never to come: 29 February at a weekday comes within 40 years. */
    private static final int YEARS = 41;

    private final String text;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet daysOfMonth;
    private final BitSet months;
    private final BitSet daysOfWeek;
    private final boolean anyDayOfMonth;
    private final boolean anyDayOfWeek;

    private Cron(String text, String[] fields) {
        this.text = text;
        minutes = field(fields[0], "minute", 0, 59, List.of());
        hours = field(fields[1], "hour", 0, 23, List.of());
        daysOfMonth = field(fields[2], "day of month", 1, 31, List.of());
        months = field(fields[3], "month", 1, 12, MONTHS);
        daysOfWeek = field(fields[4], "day of week", 0, 7, DAYS);
        if (daysOfWeek.get(7)) {
            daysOfWeek.set(0);
        }
        anyDayOfMonth = fields[2].startsWith("*");
        anyDayOfWeek = fields[4].startsWith("*");
    }

    /**
     * Reads a recurrence.
     *
     * @throws IllegalArgumentException naming the field that cannot be read
     */
    public static Cron parse(String text) {
        String[] fields = text.strip().split("\\s+", -1);
        if (fields.length != 5) {
            throw new IllegalArgumentException(
                    "recurrence '" + text + "' must have five fields: minute, hour, day of month, month, day of week");
        }
        return new Cron(text, fields);
    }

    private static BitSet field(String text, String what, int least, int most, List<String> names) {
        BitSet set = new BitSet();
        for (String part : text.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] slash = part.split("/", 2);
            String[] ends = slash[0].equals("*")
                    ? new String[] {Integer.toString(least), Integer.toString(most == 7 ? 6 : most)}
                    : slash[0].split("-", 2);
            int from = number(ends[0], what, least, most, names);
            boolean open = ends.length == 1 && slash.length == 2;
            int to = ends.length == 2 ? number(ends[1], what, least, most, names) : open ? most : from;
            int step = slash.length == 2 ? number(slash[1], what + " step", 1, most, List.of()) : 1;
            if (to < from) {
                throw new IllegalArgumentException("recurrence: " + what + " '" + part + "' runs backwards");
            }
            for (int i = from; i <= to; i += step) {
                set.set(i);
            }
        }
        return set;
    }

    private static int number(String text, String what, int least, int most, List<String> names) {
        int named = names.indexOf(text);
        if (named >= 0) {
            return named + least;
        }
        int value;
        try {
            value = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            value = Integer.MIN_VALUE;
        }
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "recurrence: " + what + " must be in [" + least + ", " + most + "], was '" + text + "'");
        }
        return value;
    }

    /** The first time after another; empty if there is none in the next decades. */
    Optional<Instant> next(Instant after) {
        LocalDateTime at = LocalDateTime.ofInstant(after, ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MINUTES)
                .plusMinutes(1);
        LocalDateTime end = at.plusYears(YEARS);
        while (at.isBefore(end)) {
            if (!isDay(at)) {
                at = at.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!hours.get(at.getHour())) {
                at = at.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!minutes.get(at.getMinute())) {
                at = at.plusMinutes(1);
            } else {
                return Optional.of(at.toInstant(ZoneOffset.UTC));
            }
        }
        return Optional.empty();
    }

    private boolean isDay(LocalDateTime at) {
        boolean ofMonth = daysOfMonth.get(at.getDayOfMonth());
        boolean ofWeek = daysOfWeek.get(at.getDayOfWeek().getValue() % 7);
        boolean either = !anyDayOfMonth && !anyDayOfWeek;
        boolean day = either ? (ofMonth || ofWeek) : (ofMonth && ofWeek);
        return months.get(at.getMonthValue()) && day;
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
