/**
 * The SLO language: one readable line each.
 *
 * <pre>{@code
 * slo        = subject comparison limit [ share ] [ "for each" kind ] [ when ] { "," option } ;
 * subject    = "time from" mark "to" ( mark | "recovered(" slo ")" | "reached(" slo ")" )
 *            | expression ;
 * expression = product { ( "+" | "-" ) product } ;
 * product    = factor { ( "*" | "/" ) factor } ;
 * factor     = client | metric | across | number | "(" expression ")" ;
 *
 * client     = ( "p" number | "max" | "min" | "mean" ) "(" request ")"     response time of OK responses
 *            | ( "count" | "rate" ) "(" request ")"                        requests sent, and per second
 *            | ( "error count" | "error ratio" ) [ "of" request ]          KO, and KO / (OK + KO)
 *            | "achieved rate"                                             sent / offered
 *            | "offered" ;                                                 requests that the load plan offers
 * metric     = aggregate "(" name [ "of" resource ] ")" ;
 * aggregate  = "max" | "min" | "mean" | "sum" | "last" | "rate" | "coverage" ;
 * across     = ( "skew" | "spread" | "hottest" | "coolest" ) "(" expression [ "by" fact ] ")" ;
 *
 * comparison = "<=" | ">=" | "<" | ">" ;
 * limit      = bound { "or" bound } ;                                      the loosest counts
 * bound      = number [ unit ]                                             500 ms
 *            | number "% of" reference                                     110 % of steady
 *            | number [ unit ] ( "above" | "below" | "off" ) reference     10 points above steady
 *            | "no baseline" ;                                             holds where there is none yet
 * reference  = window | "baseline" | "offered" | "(" expression ")" ;
 * share      = "in" number "% of" ( "seconds" | "minutes" | "periods" ) ;
 *
 * when       = "during" window | "after" moment | "before" moment | "from" moment "to" moment ;
 * window     = phase | "whole" | "after-warm-up" | time ( "after" | "before" ) mark ;
 * moment     = mark | time ( "after" | "before" ) mark ;
 * mark       = word | string | ( "start" | "end" ) "of" phase ;
 *
 * option     = "key" | "warn" limit | "missing" ( "at most" number "%" | "zero with" name | "unknown" ) ;
 * unit       = "us" | "ms" | "s" | "min" | "h" | "%" | "points" | "/s" | "B" | "KiB" | "MiB" | "GiB"
 *            | "B/s" | "KiB/s" | "MiB/s" | "GiB/s" ;
 * request    = word | string | "all" ;
 * resource   = word | string ;                 a resource's id, or one of its facts: tier, zone …
 * name       = word { word }                   of the metric catalogue, or of the environment's file
 *            | "cloudwatch" string string statistic [ "in" unit ] ;         any other: namespace, metric, Maximum
 * kind       = the word of a kind of resource, such as "instance" or "scaling group" ;
 * }</pre>
 *
 * <p>Words are separated by blanks; names that contain others stand in double quotes. {@code max(read)} is a response time
 * where {@code max(replica lag)} is a metric: a name of the metric catalogue wins, unless it stands in quotes. What is
 * added or subtracted must be of one sort, such as two times; the quotient of two of one sort is a share in percent; a
 * number that is written out scales what it stands beside; every other product or quotient is a plain number.
 *
 * <p>With {@code above}, {@code below} and {@code off} it is the distance that is compared, so {@code >= 30 % below steady}
 * holds for at most 70 % of the value in {@code steady}. A percentage is one of the reference; {@code points} are
 * percentage points. Of several resources, {@code skew} is (max − min) / mean in percent, {@code spread} is max − min.
 *
 * <p>A mark of the load plan, the name of a disturbance that was carried out, or one of {@link
 * io.plimsoll.assertions.slo.Slo#WELL_KNOWN_MARKS}; in quotes, the first event whose summary holds the text. Times in
 * {@code when}, and limits of {@code time from}, are those of AWS: an environment's time scale shortens them. Without
 * {@code when}, an SLO is judged from the end of the declared warm-up to the end of load.
 *
 * <pre>{@code
 * Slo slo = SloParser.parse("p95(read) <= 500 ms during steady");
 * slo.toString()   // p95(read) <= 500 ms during steady
 * }</pre>
 */
@NullMarked
package io.plimsoll.assertions.slo;

import org.jspecify.annotations.NullMarked;
