package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Somebody in front of a real browser, who complains about what no visitor should see. */
final class Viewer implements AutoCloseable {
  static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  /** A machine that does other things beside is no failure. */
  private static final double PATIENCE_MS = 120_000;

  private static final double MOST_LAYOUT_SHIFT = 0.02;

  /** Sums what moved without the visitor having done anything (Layout Instability, W3C draft). */
  private static final String WATCH_SHIFTS = """
      window.layoutShift = 0;
      window.shifted = [];
      new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) {
          window.layoutShift += entry.value;
          window.shifted.push(...entry.sources.map(({node, previousRect, currentRect}) =>
            `${node?.id || node?.className || node?.nodeName} ${previousRect.y}+${previousRect.height} to ${currentRect.y}+${currentRect.height}`));
        }
      }).observe({type: 'layout-shift', buffered: true});
      """;

  private static final String CLIPPED = """
      [...document.querySelectorAll('body *')].filter(element => {
        const style = getComputedStyle(element);
        return element.clientWidth > 1 && style.overflowX !== 'visible' && style.overflowX !== 'auto'
          && [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
          && element.scrollWidth > element.clientWidth + 1;
      }).map(element => element.outerHTML.slice(0, 120))
      """;

  private final BrowserContext context;
  private final Page page;
  private final String language;
  private final String name;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private Viewer(BrowserContext context, String language, String name) {
    this.context = context;
    this.language = language;
    this.name = name;
    context.addInitScript(WATCH_SHIFTS);
    page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.setDefaultNavigationTimeout(PATIENCE_MS);
    page.onConsoleMessage(message -> complaints.add(message.text() + " " + message.location()));
    page.onPageError(complaints::add);
  }

  static boolean hasBrowser() {
    return Files.isExecutable(CHROMIUM);
  }

  static Playwright playwright() {
    return Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  }

  static Browser browser(Playwright playwright) {
    return playwright
        .chromium()
        .launch(new BrowserType.LaunchOptions()
            .setExecutablePath(CHROMIUM)
            .setArgs(List.of(
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync")));
  }

  static Viewer of(Browser browser, String language, ColorScheme scheme, int width, int height) {
    BrowserContext context = browser.newContext(new Browser.NewContextOptions()
        .setIgnoreHTTPSErrors(true) // the certificate is this data directory's own
        .setLocale(language)
        .setTimezoneId("Europe/Berlin")
        .setColorScheme(scheme)
        .setViewportSize(width, height));
    return new Viewer(
        context,
        language,
        language + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + "-" + width);
  }

  Page page() {
    return page;
  }

  BrowserContext context() {
    return context;
  }

  String text(String testId) {
    return page.getByTestId(testId).textContent();
  }

  /** A message that is expected here, and only here. */
  void forgive(String part) {
    complaints.removeIf(complaint -> complaint.contains(part));
  }

  /** Keeps a picture, and complains about whatever is wrong with the page as it is. */
  void look(String what) {
    String where = what + " " + name;
    page.screenshot(new Page.ScreenshotOptions()
        .setPath(Path.of("target/screenshots/" + what + "-" + name + ".png")));
    assertThat(page.evaluate("document.documentElement.lang")).as(where).isEqualTo(language);
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as("no horizontal overflow: %s", where)
        .isEqualTo(true);
    assertThat((List<?>) page.evaluate(CLIPPED)).as("clipped text: %s", where).isEmpty();
    assertThat(((Number) page.evaluate("window.layoutShift")).doubleValue())
        .as("layout shift: %s, %s", where, page.evaluate("window.shifted.join(', ')"))
        .isLessThan(MOST_LAYOUT_SHIFT);
    String violations = new AxeBuilder(page)
            .withTags(
                List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
            .analyze()
            .getViolations()
            .stream()
            .map(rule -> rule.getId() + ": "
                + rule.getNodes().stream()
                    .map(node -> node.getHtml() + " " + node.getFailureSummary())
                    .collect(Collectors.joining("; ")))
            .collect(Collectors.joining("\n"));
    assertThat(violations).as("axe: %s", where).isEmpty();
    assertThat(complaints).as("browser's console: %s", where).isEmpty();
  }

  @Override
  public void close() {
    context.close();
  }
}
