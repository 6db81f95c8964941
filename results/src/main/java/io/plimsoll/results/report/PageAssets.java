package io.plimsoll.results.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What pages are made of: templates, styles, scripts, and the policy that lets no other script in. */
final class PageAssets {
    private static final String LIBRARY = "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js";

    private PageAssets() {}

    /** The templates, compiled at build time; what they print is escaped by its context. */
    static TemplateEngine templates() {
        return TemplateEngine.createPrecompiled(
                null, ContentType.Html, PageAssets.class.getClassLoader(), PageAssets.class.getPackageName());
    }

    /** The charting library. */
    static String library() {
        return text(LIBRARY);
    }

    /** A page's own script, with what all pages share before it. */
    static String script(String name) {
        return text("charts.js") + text(name);
    }

    /** A content security policy: no network, and no script but these. */
    static String policy(String library, String script) {
        return "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src '" + digest(library) + "' '"
                + digest(script) + "'";
    }

    /** Text on the class path, with the line ends that an HTML parser makes of any. */
    static String text(String name) {
        try (InputStream stream = PageAssets.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("report: " + name + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\r\n", "\n")
                    .replace('\r', '\n');
        } catch (IOException e) {
            throw new UncheckedIOException("report: " + name + " cannot be read", e);
        }
    }

    /** The hash by which a content security policy allows an inline script. */
    private static String digest(String script) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
