package io.plimsoll.results.observation;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that happened to the stack at a moment.
 *
 * @param at when, by the source's clock
 * @param kind what sort
 * @param resource id of the resource it happened to
 * @param summary one line for a person
 * @param details the source's own fields, in key order. {@link Kind#SCALING_ACTIVITY}: {@code activity} (what it did, in
 *     the source's words), {@code id}, {@code status}, {@code cause}, {@code end} (ISO instant, once ended), {@code
 *     instance} (if one is named). {@link Kind#TARGET_HEALTH}: {@code from}, {@code to} (ELBv2 states, or {@code absent}
 *     before the first sight and after the last), {@code target-group}, {@code within-seconds} (the poll interval, which
 *     is the error bar: the transition lies in {@code (at - within, at]}; left out at the first poll, which has no bound).
 *     {@link Kind#ALARM}: {@code alarm} (its name), {@code from}, {@code to}, {@code reason}. {@link Kind#DATABASE}, {@link
 *     Kind#CACHE}: {@code message}, {@code categories}. {@link Kind#CHANGE}: {@code call}, {@code by}, {@code touched}.
 *     {@link Kind#LOG_ERRORS}: {@code count}, {@code example}, {@code by-second} ({@code <epoch second>:<lines>}, with spaces
 *     between)
 */
public record Event(Instant at, Kind kind, String resource, String summary, SortedMap<String, String> details) {
    /** Detail of {@link Kind#LOG_ERRORS}. */
    public static final String BY_SECOND = "by-second";

    /** What sort of event. */
    public enum Kind {
        /** An alarm changed its state. */
        ALARM,
        /** A scaling activity began; its end is among the details. */
        SCALING_ACTIVITY,
        /** A target changed its health state, or was first seen. */
        TARGET_HEALTH,
        /** A database instance or cluster said that something happened to it: a restart, a failover, a backup. */
        DATABASE,
        /** A cache cluster said that something happened to it. */
        CACHE,
        /** Someone changed the stack by a call that the audit trail recorded. */
        CHANGE,
        /** A log group held errors. */
        LOG_ERRORS,
        /** The run, or someone by the run's control channel, disturbed the stack on purpose. */
        DISTURBANCE,
        /** Something only a client can see began or ended; its detail {@code mark} names the moment. */
        CLIENT
    }

    public Event {
        details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
    }
}
