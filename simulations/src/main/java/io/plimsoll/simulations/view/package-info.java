/**
 * Products that watch the stack are asked whether they saw a fault: Splunk, New Relic, PagerDuty and Sentry, by their public
 * HTTP APIs. A {@link io.plimsoll.simulations.view.FaultView} asks one of them; {@link io.plimsoll.simulations.view.Views}
 * asks all that the descriptor names, and gives the answers as metrics of the client.
 */
@NullMarked
package io.plimsoll.simulations.view;

import org.jspecify.annotations.NullMarked;
