/**
 * The SLO language: one readable line each.
 *
 * <pre>{@code
 * slo         = subject comparison limit [ "for each" kind ] [ "during" phase ] ;
 * subject     = response | errors | rates | between | expression ;
 * response    = ( percentile | "max" | "mean" ) "(" request ")" ;        response time of OK responses
 * percentile  = "p" number ;                                             p50, p95, p99, p99.9: 0 < number < 100
 * errors      = "error ratio" [ "of" request ] ;                         KO / (OK + KO)
 * rates       = "achieved rate" | "rate" "(" request ")" ;               requests sent per second
 * between     = "time from" mark "to" ( mark | "recovered" "(" slo ")" ) ;
 * expression  = product { ( "+" | "-" ) product } ;
 * product     = factor { ( "*" | "/" ) factor } ;
 * factor      = aggregate "(" metric ")" | "(" expression ")" ;
 * aggregate   = "max" | "min" | "mean" | "sum" | "last" ;
 * comparison  = "<=" | ">=" | "<" | ">" ;
 * limit       = number [ unit ] [ "of offered" ] ;                       "of offered" only for the achieved rate
 * unit        = "us" | "ms" | "s" | "min" | "h" | "%" | "/s" | "B" | "KiB" | "MiB" | "GiB" ;
 * request     = word | string | "all" ;
 * metric      = word { word } ;                                          a name of the metric catalogue
 * mark        = word ;           load-step (of the profile), alarm, scaling-activity, healthy
 * kind        = "instance" | "replica" | "database" | "cache" | "scaling group" | "target group" | "load balancer" ;
 * phase       = word | "whole" | "after-warm-up" ;                       a phase of the load profile
 * }</pre>
 *
 * <p>Words are separated by blanks; names that contain others stand in double quotes. Without {@code during}, an SLO is
 * judged after the declared warm-up. {@code max(read)} is a response time where {@code max(replica lag)} is a metric: a
 * name of the metric catalogue wins, unless it stands in quotes. What is added or subtracted must be of one sort, such as
 * two times; the quotient of two of one sort is a share in percent, and every other product or quotient is a plain number.
 *
 * <pre>{@code
 * Slo slo = SloParser.parse("p95(read) <= 500 ms during steady");
 * slo.toString()   // p95(read) <= 500 ms during steady
 * }</pre>
 */
@NullMarked
package io.plimsoll.assertions.slo;

import org.jspecify.annotations.NullMarked;
