package io.plimsoll.results.report;

import java.util.List;

/**
 * What the template of {@code report.html} prints. Its text is plain; the template escapes it.
 *
 * @param title of the document
 * @param badge the run's outcome
 * @param reason why, in one sentence
 * @param basis what that rests on, in one sentence
 * @param coverage how much of the stage was shown, in one sentence
 * @param essentials names and values of the run's facts, those that head the page
 * @param claims the ledger
 * @param charts on the time axis
 * @param further charts of metrics that have none of their own
 * @param distribution the latency plot
 * @param requests table of requests by name
 * @param scaleOut table of the scale-out
 * @param events table of events
 * @param validity table of validity checks
 * @param facts tables of the run
 * @param topology table of the stack
 * @param commands that repeat the run and the judgement
 * @param assets styles, scripts and data, inlined as they are
 */
record Page(
        String title,
        Ledger.Badge badge,
        String reason,
        String basis,
        String coverage,
        List<List<String>> essentials,
        List<Ledger.Claim> claims,
        List<Chart> charts,
        List<Chart> further,
        Chart distribution,
        Table requests,
        Table scaleOut,
        Table events,
        Table validity,
        List<Table> facts,
        Table topology,
        List<String> commands,
        Assets assets) {

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
