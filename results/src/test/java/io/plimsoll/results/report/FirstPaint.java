package io.plimsoll.results.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.openqa.selenium.chrome.ChromeDriver;

/** Tells how soon a browser shows a report: {@code results/speed} calls it. */
final class FirstPaint {
    private static final String TIMES =
            "var p = performance.getEntriesByType('paint'), n = performance.getEntriesByType('navigation')[0];"
                    + "return 'first paint after ' + Math.round(p.length ? p[0].startTime : -1) + ' ms, all charts drawn after '"
                    + " + Math.round(n.loadEventEnd) + ' ms, ' + document.querySelectorAll('[data-chart] svg').length"
                    + " + ' charts, ' + document.getElementsByTagName('*').length + ' elements';";

    private FirstPaint() {}

    public static void main(String[] arguments) throws IOException {
        Path report = Path.of(arguments[0]).toRealPath();
        Path profile = Files.createTempDirectory("plimsoll-browser");
        ChromeDriver browser = InstalledBrowser.open(profile);
        try {
            for (int i = 0; i < 3; i++) {
                browser.get(report.toUri().toString());
                System.out.println("  " + Objects.requireNonNull(browser.executeScript(TIMES)));
            }
        } finally {
            browser.quit();
        }
    }
}
