package io.plimsoll.results.report;

import java.util.List;
import java.util.Optional;

/**
 * What the template of {@code report.html} prints. Its text is plain; the template escapes it.
 *
 * @param title of the document
 * @param badge the run's outcome
 * @param reason why, in one sentence
 * @param basis what that rests on, in one sentence
 * @param coverage how much of the stage was shown
 * @param essentials names and values of the run's facts, those that head the page
 * @param claims the ledger
 * @param charts on the time axis
 * @param further charts of metrics that have none of their own
 * @param distribution the latency plot
 * @param requests table of requests by name
 * @param heat responses over time and response time
 * @param legs of the scale-out, T0 to T6
 * @param scaleOut table of the scale-out
 * @param events table of events
 * @param validity table of validity checks
 * @param facts tables of the run
 * @param picture tiers of the stack
 * @param limits what limited a run that missed a limit; empty if that is not asked
 * @param topology table of the stack
 * @param capacity what a capacity search found
 * @param baseline comparison with earlier runs
 * @param inputs the files as run
 * @param commands that repeat the run and the judgement
 * @param assets styles, scripts and data, inlined as they are
 */
record Page(
        String title,
        Ledger.Badge badge,
        String reason,
        String basis,
        Coverage coverage,
        List<List<String>> essentials,
        List<Ledger.Claim> claims,
        List<Chart> charts,
        List<Chart> further,
        Chart distribution,
        Table requests,
        HeatMap heat,
        List<ScaleOutLegs.Leg> legs,
        Table scaleOut,
        Table events,
        Table validity,
        List<Table> facts,
        List<StackPicture.Tier> picture,
        String limits,
        Table topology,
        Optional<CapacityView> capacity,
        Table baseline,
        List<Input> inputs,
        List<String> commands,
        Assets assets) {

    /** A file as run. */
    record Input(String path, String text) {}

    /**
     * What is inlined unescaped.
     *
     * @param policy the content security policy: no network, and no script but those two
     * @param style the style sheet
     * @param library the charting library
     * @param script the report's own script
     * @param data the charts' data, made safe by {@link ChartJson}
     */
    record Assets(String policy, String style, String library, String script, String data) {}
}
