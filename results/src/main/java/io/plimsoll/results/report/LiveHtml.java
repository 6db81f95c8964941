package io.plimsoll.results.report;

import gg.jte.output.StringOutput;

/**
 * The page that shows a run while it goes on: complete but for its data, which it takes from {@value #STREAM}, server-sent
 * events of the server that it came from.
 *
 * @param html the page
 * @param policy the content security policy to send along: nothing is reached but that server, no script runs but the page's,
 *     and no other page may frame it
 */
public record LiveHtml(String html, String policy) {
    /** Where the page asks for its data. */
    public static final String STREAM = "/stream";

    /** The page of a run. */
    public static LiveHtml of(String stage, String environment, String profile) {
        String library = PageAssets.library();
        String script = PageAssets.script("live.js");
        Frame frame = new Frame(
                PlainText.line(stage),
                PlainText.line(environment),
                PlainText.line(profile),
                PageAssets.text("report.css") + PageAssets.text("live.css"),
                library,
                script);
        StringOutput html = new StringOutput();
        PageAssets.templates().render("live.jte", frame, html);
        String policy = PageAssets.policy(library, script)
                + "; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return new LiveHtml(html.toString(), policy);
    }

    /** What the template prints. */
    record Frame(String stage, String environment, String profile, String style, String library, String script) {}
}
