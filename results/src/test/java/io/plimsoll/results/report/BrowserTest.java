package io.plimsoll.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.results.verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;

/** The report as a browser shows it. Skipped where Chromium or its driver is not installed (chromium, chromium-driver). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {
    @TempDir
    private static Path directory = Path.of("");

    private @Nullable ChromeDriver driver;

    @BeforeAll
    void start() throws IOException {
        driver = InstalledBrowser.open(Files.createDirectory(directory.resolve("profile")));
    }

    @AfterAll
    void stop() {
        if (driver != null) {
            driver.quit();
        }
    }

    private ChromeDriver shown(String name, String html) throws IOException {
        ChromeDriver open = java.util.Objects.requireNonNull(driver);
        Path file = Files.writeString(directory.resolve(name + ".html"), html);
        open.manage().window().setSize(new Dimension(1440, 1000));
        open.get(file.toUri().toString());
        return open;
    }

    private ChromeDriver example() throws IOException {
        return shown(
                "example",
                HtmlReport.render(ExampleRun.verdict(Outcome.FAIL), ExampleRun.evidence(), ExampleCapacity.attached()));
    }

    private static Object script(ChromeDriver page, String script, Object... arguments) {
        return java.util.Objects.requireNonNull(page.executeScript(script, arguments));
    }

    /** Labels of the time axes, chart by chart. */
    private static String axis(ChromeDriver page, String chart) {
        return String.valueOf(script(
                page,
                "return Array.from(document.querySelectorAll('[data-chart=\"' + arguments[0] + '\"] svg text'))"
                        + ".map(t => t.textContent).filter(t => /^-?\\d+:\\d\\d$/.test(t)).join(' ')",
                chart));
    }

    @Test
    void everyChartThatHasDataIsDrawn() throws IOException {
        ChromeDriver page = example();

        Object empty = script(
                page,
                "return Array.from(document.querySelectorAll('section:not([hidden]) [data-chart]'))"
                        + ".filter(p => p.clientWidth > 0).filter(p => p.querySelector('canvas') === null"
                        + " && p.querySelectorAll('svg path').length < 3).map(p => p.dataset.chart)");
        Object inked = script(
                page,
                "var c = document.querySelector('[data-chart=heat] canvas');"
                        + "var d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
                        + "var n = 0; for (var i = 3; i < d.length; i += 4) { if (d[i] > 0) n++; } return n;");

        assertThat(empty).isEqualTo(List.of());
        assertThat(((Number) inked).longValue()).isGreaterThan(1000);
        assertThat(page.manage().logs().get("browser").getAll()).isEmpty();
    }

    @Test
    void zoomingOneChartZoomsAllThatShareTheAxis() throws IOException {
        ChromeDriver page = example();
        String before = axis(page, "cpu");
        var rate = page.findElement(By.cssSelector("[data-chart=rate]"));
        script(page, "arguments[0].scrollIntoView({block: 'center'}); return true;", rate);

        new Actions(page)
                .moveToElement(rate, 0, 0)
                .clickAndHold()
                .moveByOffset(120, 0)
                .release()
                .perform();

        assertThat(axis(page, "rate")).isNotEqualTo(before).isNotEmpty();
        assertThat(axis(page, "cpu")).isEqualTo(axis(page, "rate"));
        assertThat(axis(page, "replica-lag")).isEqualTo(axis(page, "rate"));
        page.findElement(By.xpath("//div[@class='zoom']/button[1]")).click();
        assertThat(axis(page, "cpu")).isEqualTo(before);
    }

    @Test
    void theMomentIsToldByEveryLegend() throws IOException {
        ChromeDriver page = example();
        script(
                page,
                "var i = document.querySelector('.moment input'); i.value = 50;"
                        + "i.dispatchEvent(new Event('input')); return true;");

        assertThat(page.findElement(By.cssSelector(".moment output")).getText()).isEqualTo("0:50.0");
        Object cells = script(
                page,
                "return Array.from(document.querySelectorAll('#chart-rate td.cursor, #chart-cpu td.cursor'))"
                        + ".map(c => c.textContent).filter(t => t !== '')");
        assertThat((List<?>) cells).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void nothingIsFetched() throws IOException {
        ChromeDriver page = example();

        assertThat(script(page, "return performance.getEntriesByType('resource').map(e => e.name)"))
                .isEqualTo(List.of());
    }

    @Test
    void hostileTextStaysText() throws IOException {
        ChromeDriver page = shown("hostile", HtmlReport.render(HostileRun.verdict(), HostileRun.evidence()));

        assertThat(script(page, "return document.scripts.length")).isEqualTo(3L);
        assertThat(script(page, "return document.querySelectorAll('img, iframe, object, embed, link, base').length"))
                .isEqualTo(0L);
        assertThat(script(page, "return document.body.textContent.includes('<script>alert(1)')"))
                .isEqualTo(true);
        assertThat(page.manage().logs().get("browser").getAll()).isEmpty();
    }

    @Test
    void aPhoneScrollsDownAndNeverSideways() throws IOException {
        ChromeDriver browser = java.util.Objects.requireNonNull(driver);
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
        try {
            ChromeDriver page = example();
            Object wide = script(
                    page,
                    "return Array.from(document.querySelectorAll('body *')).filter(e => !e.closest('.scroll, pre, svg')"
                            + " && getComputedStyle(e).position !== 'absolute'"
                            + " && e.getBoundingClientRect().right > 391).map(e => e.tagName + '.' + e.className"
                            + " + ' in ' + e.parentElement.className)");

            assertThat(wide).isEqualTo(List.of());
            assertThat(script(page, "return document.documentElement.scrollWidth"))
                    .isEqualTo(390L);
        } finally {
            browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    @Test
    void printedChartsAreNotWiderThanThePage() throws IOException {
        ChromeDriver page = example();
        script(page, "window.dispatchEvent(new Event('beforeprint')); return true;");

        Object widest = script(
                page,
                "return Math.max.apply(null, Array.from(document.querySelectorAll('.plot svg')).map(s => s.clientWidth))");

        assertThat(((Number) widest).longValue()).isBetween(600L, 700L);
        assertThat(script(page, "return document.querySelectorAll('details.claim:not([open])').length"))
                .isEqualTo(0L);
        script(page, "window.dispatchEvent(new Event('afterprint')); return true;");
    }
}
