package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.pacewire.launcher.client.DemoAccount;
import io.pacewire.launcher.replay.DemoRun;
import io.pacewire.launcher.replay.Replay;
import io.pacewire.launcher.replay.ReplayOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drives the live page in a real browser while a run streams into a real platform. */
class ConsoleIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final double SPEED = 120;

  @TempDir
  Path directory;

  @Test
  void aRunIsSeenLive_inBothThemesAndLanguages_onScreenAndPhone() throws Exception {
    assumeTrue(
        Files.isExecutable(CHROMIUM),
        "SKIPPED: no Chromium at " + CHROMIUM + "; ./pacewire doctor --install brings it");
    try (ServerProcess server = new ServerProcess(directory.resolve("data")).start();
        Playwright playwright = Playwright.create(new Playwright.CreateOptions()
            .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright.chromium().launch(options())) {
      DemoAccount account = server.account();
      ReplayOptions options = new ReplayOptions(
          SPEED,
          false,
          URI.create(server.endpoints().getString("streamUrl")),
          server.authority(),
          directory.resolve("device"));
      try (Replay replay = Replay.start(DemoRun.startingAt(0), account, options)) {
        Thread player = new Thread(() -> replay.play(Replay.Progress.NONE), "player");
        player.start();
        watch(browser, account, "en", ColorScheme.LIGHT, 1440, 900);
        BrowserContext last = watch(browser, account, "ru", ColorScheme.DARK, 390, 844);
        player.join();
        assertThat(replay.awaitStored(Duration.ofMinutes(1))).as(server.log()).isTrue();
        Page page = last.pages().get(0);
        page.getByTestId("finished")
            .getByRole(com.microsoft.playwright.options.AriaRole.LINK)
            .click();
        page.waitForURL("**/trainings/" + replay.sessionId());
        page.getByTestId("verdicts").waitFor();
      }
    }
  }

  private static BrowserContext watch(
      Browser browser,
      DemoAccount account,
      String language,
      ColorScheme scheme,
      int width,
      int height) {
    BrowserContext context = browser.newContext(new Browser.NewContextOptions()
        .setIgnoreHTTPSErrors(true) // the certificate is this data directory's own
        .setLocale(language)
        .setColorScheme(scheme)
        .setViewportSize(width, height));
    Page page = context.newPage();
    List<String> complaints = new CopyOnWriteArrayList<>();
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.onPageError(complaints::add);
    page.navigate(account.signInLink());
    page.waitForURL("**/live/*");
    page.getByTestId("distance").waitFor();
    Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(
            () -> assertThat(page.getByTestId("pace").textContent()).matches("\\d:\\d\\d"));
    String before = page.getByTestId("distance").textContent();
    Awaitility.await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
      assertThat(page.getByTestId("distance").textContent()).isNotEqualTo(before);
      assertThat(page.getByTestId("heart-rate").textContent()).matches("\\d{2,3}");
      assertThat(page.getByTestId("freshness").textContent())
          .isEqualTo(language.equals("ru") ? "В эфире" : "Live");
    });
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as("no horizontal overflow")
        .isEqualTo(true);
    assertThat(page.evaluate("document.documentElement.lang")).isEqualTo(language);
    page.screenshot(new Page.ScreenshotOptions()
        .setPath(Path.of("target/screenshots/live-" + language + "-" + width + ".png")));
    assertThat(complaints).isEmpty();
    return context;
  }

  private static BrowserType.LaunchOptions options() {
    return new BrowserType.LaunchOptions()
        .setExecutablePath(CHROMIUM)
        .setArgs(List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync"));
  }
}
