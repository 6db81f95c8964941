package io.plimsoll.environments.aws.descriptor;

import io.plimsoll.results.document.Document.Node;
import io.plimsoll.results.observation.TimeWindow;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When load may be sent: {@code 20:00-06:00 Europe/Berlin}, {@code Mon-Fri 09:00-17:00 UTC}. A span that ends before it
 * begins reaches into the next day and belongs to the day it begins on.
 *
 * @param days the days on which a span may begin
 * @param from inclusive
 * @param to exclusive; equal to {@code from} for the whole day
 * @param zone whose clock
 * @param text as written
 */
public record LoadHours(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone, String text) {
    private static final Pattern FORM =
            Pattern.compile("(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun)-(Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?"
                    + "([01]\\d|2[0-3]):([0-5]\\d)-([01]\\d|2[0-3]):([0-5]\\d) (\\S+)");

    public LoadHours {
        days = Set.copyOf(days);
    }

    static LoadHours read(Node node) {
        Matcher matcher = FORM.matcher(node.text());
        if (!matcher.matches()) {
            throw node.error("must be such as '20:00-06:00 UTC' or 'Mon-Fri 09:00-17:00 Europe/Berlin'");
        }
        try {
            return new LoadHours(
                    matcher.group(1) == null
                            ? EnumSet.allOf(DayOfWeek.class)
                            : days(day(matcher.group(1)), day(matcher.group(2))),
                    LocalTime.of(Integer.parseInt(matcher.group(3)), Integer.parseInt(matcher.group(4))),
                    LocalTime.of(Integer.parseInt(matcher.group(5)), Integer.parseInt(matcher.group(6))),
                    ZoneId.of(matcher.group(7)),
                    node.text());
        } catch (DateTimeException e) {
            throw node.error("must name a time zone such as UTC or Europe/Berlin");
        }
    }

    /** What of a window is outside these hours; empty if none is. */
    Optional<String> violation(TimeWindow window) {
        Instant last = window.length().isZero() ? window.start() : window.end().minusNanos(1);
        for (Instant at = window.start(); at.isBefore(last); at = at.plusSeconds(60)) {
            if (!contains(at)) {
                return Optional.of(refusal(at));
            }
        }
        return contains(last) ? Optional.empty() : Optional.of(refusal(last));
    }

    private String refusal(Instant at) {
        return "load.hours: load is allowed " + text + ", and the plan would send it at "
                + at.atZone(zone).toLocalDateTime().withNano(0);
    }

    private boolean contains(Instant instant) {
        ZonedDateTime at = instant.atZone(zone);
        LocalTime time = at.toLocalTime();
        boolean overnight = !from.isBefore(to);
        boolean inside =
                overnight ? !time.isBefore(from) || time.isBefore(to) : !time.isBefore(from) && time.isBefore(to);
        DayOfWeek began = overnight && time.isBefore(to) && time.isBefore(from)
                ? at.getDayOfWeek().minus(1)
                : at.getDayOfWeek();
        return inside && days.contains(began);
    }

    private static DayOfWeek day(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().startsWith(name.toUpperCase(Locale.ROOT))) {
                return day;
            }
        }
        throw new IllegalArgumentException("day: must be Mon to Sun, was " + name);
    }

    private static Set<DayOfWeek> days(DayOfWeek first, DayOfWeek last) {
        Set<DayOfWeek> days = EnumSet.of(first);
        for (DayOfWeek day = first; day != last; day = day.plus(1)) {
            days.add(day.plus(1));
        }
        return days;
    }
}
