package io.plimsoll.results.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Chromium without a screen. Who opens it is skipped where it or its driver is not installed (chromium, chromium-driver). */
final class InstalledBrowser {
    private static final List<Path> BROWSERS = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));
    private static final List<Path> DRIVERS = List.of(
            Path.of("/usr/bin/chromedriver"),
            Path.of("/usr/lib/chromium-browser/chromedriver"),
            Path.of("/usr/local/bin/chromedriver"));

    private InstalledBrowser() {}

    /** Opens it with a profile of its own, an empty directory. */
    static ChromeDriver open(Path profile) {
        Path browser = installed(BROWSERS, "chromium");
        Path executable = installed(DRIVERS, "chromium-driver");
        ChromeOptions options = new ChromeOptions()
                .setBinary(browser.toFile())
                .addArguments(
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--window-size=1440,1000",
                        "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(executable.toFile())
                .usingAnyFreePort()
                .build();
        return new ChromeDriver(service, options);
    }

    private static Path installed(List<Path> candidates, String what) {
        List<Path> found = candidates.stream().filter(Files::isExecutable).toList();
        assumeTrue(!found.isEmpty(), what + " is not installed");
        return found.get(0);
    }
}
