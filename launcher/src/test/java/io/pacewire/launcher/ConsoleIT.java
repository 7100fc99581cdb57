package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import io.pacewire.launcher.client.DemoAccount;
import io.pacewire.launcher.replay.DemoRun;
import io.pacewire.launcher.replay.Replay;
import io.pacewire.launcher.replay.ReplayOptions;
import io.pacewire.launcher.replay.Timeline;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drives the console in a real browser while a run streams into a real platform. */
class ConsoleIT {
  private static final double SPEED = 50;

  /** More than a training tells of at once. */
  private static final int JUMPS = 620;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir
  Path directory;

  @BeforeAll
  static void needsABrowser() {
    assumeTrue(
        Viewer.hasBrowser(),
        "SKIPPED: no Chromium at " + Viewer.CHROMIUM + "; ./pacewire doctor --install brings it");
  }

  @Test
  void aRunIsSeenLive_andAfterwards_inBothThemesAndLanguages_onScreenAndPhone() throws Exception {
    try (ServerProcess server = new ServerProcess(directory.resolve("data")).start();
        Playwright playwright = Viewer.playwright();
        Browser browser = Viewer.browser(playwright)) {
      signingIn(browser, server);
      DemoAccount account = server.account();
      // A minute and a half: four browsers come to see it, and a busy machine takes its time with
      // each.
      try (Replay replay =
          Replay.start(DemoRun.startingAt(0), account, options(server, SPEED / 4))) {
        Thread player = new Thread(() -> replay.play(Replay.Progress.NONE), "player");
        player.start();
        try (Viewer onScreen = Viewer.of(browser, "en", ColorScheme.LIGHT, 1440, 900);
            Viewer onPhone = Viewer.of(browser, "ru", ColorScheme.DARK, 390, 844);
            Viewer atNight = Viewer.of(browser, "en", ColorScheme.DARK, 1440, 900);
            Viewer narrow = Viewer.of(browser, "ru", ColorScheme.LIGHT, 320, 640)) {
          watch(onScreen, account);
          useTheMap(onScreen.page());
          onScreen.look("live-in-use");
          watch(onPhone, account);
          watch(atNight, account);
          watch(narrow, account);
          player.join();
          assertThat(replay.awaitStored(Duration.ofMinutes(1))).as(server.log()).isTrue();
          for (Viewer viewer : new Viewer[] {onScreen, onPhone, atNight, narrow}) {
            afterwards(viewer, replay.sessionId());
          }
          deleteAndUndo(onScreen, "Delete", "Undo", replay.sessionId());
          deleteAndUndo(narrow, "Удалить", "Вернуть", replay.sessionId());
        }
      }
    }
  }

  /** Nobody knows where it was; how far and how hard it was is known all the same. */
  @Test
  void aTreadmillRun_isShownWithoutAPlace() throws Exception {
    try (ServerProcess server = new ServerProcess(directory.resolve("data")).start();
        Playwright playwright = Viewer.playwright();
        Browser browser = Viewer.browser(playwright)) {
      DemoAccount account = server.account();
      try (Replay replay = Replay.start(treadmill(), account, options(server));
          Viewer onScreen = Viewer.of(browser, "en", ColorScheme.LIGHT, 1440, 900);
          Viewer onPhone = Viewer.of(browser, "ru", ColorScheme.DARK, 390, 844)) {
        Thread player = new Thread(() -> replay.play(Replay.Progress.NONE), "player");
        player.start();
        for (Viewer viewer : new Viewer[] {onScreen, onPhone}) {
          viewer.page().navigate(account.signInLink());
          viewer.page().waitForURL("**/live/*");
          await()
              .atMost(PATIENCE)
              .untilAsserted(() -> assertThat(viewer.text("pace")).matches("\\d{1,2}:\\d\\d"));
          viewer.look("treadmill-live");
        }
        player.join();
        assertThat(replay.awaitStored(Duration.ofMinutes(1))).as(server.log()).isTrue();
        for (Viewer viewer : new Viewer[] {onScreen, onPhone}) {
          Page page = viewer.page();
          page.getByTestId("finished").getByRole(AriaRole.LINK).click();
          page.waitForURL("**/trainings/" + replay.sessionId());
          page.getByTestId("split-table").waitFor();
          page.locator("pw-series .u-over").first().waitFor();
          viewer.look("treadmill");
        }
      }
    }
  }

  /** Of more doubts than the training brings along, all can be seen; each says why, and what is odd of the whole. */
  @Test
  void whatIsDoubted_isShownWithItsReason_live_andAllOfItAfterwards() throws Exception {
    try (ServerProcess server = new ServerProcess(directory.resolve("data")).start();
        Playwright playwright = Viewer.playwright();
        Browser browser = Viewer.browser(playwright)) {
      DemoAccount account = server.account();
      try (Replay replay = Replay.start(doubtful(), account, options(server, SPEED));
          Viewer onScreen = Viewer.of(browser, "en", ColorScheme.LIGHT, 1440, 900);
          Viewer onPhone = Viewer.of(browser, "ru", ColorScheme.DARK, 390, 844)) {
        Thread player = new Thread(() -> replay.play(Replay.Progress.NONE), "player");
        player.start();
        doubtedLive(onScreen, account, "m/s, this sport's limit is", "Show");
        doubtedLive(onPhone, account, "м/с, предел для этого спорта", "Показать");
        player.join();
        assertThat(replay.awaitStored(Duration.ofMinutes(1))).as(server.log()).isTrue();
        doubtedAfterwards(
            onScreen,
            replay.sessionId(),
            new Told("m/s, this sport's limit is", "accuracy never changes", "Show", "Show more"));
        doubtedAfterwards(
            onPhone,
            replay.sessionId(),
            new Told(
                "м/с, предел для этого спорта",
                "Точность приёмника не меняется",
                "Показать",
                "Показать ещё"));
      }
    }
  }

  private record Told(String reason, String oddity, String show, String more) {}

  private static void doubtedLive(Viewer viewer, DemoAccount account, String reason, String show) {
    Page page = viewer.page();
    page.navigate(account.signInLink());
    page.waitForURL("**/live/*");
    Locator first = page.getByTestId("verdicts").locator("li").first();
    first.waitFor();
    assertThat(first.textContent()).contains(reason);
    button(first, show).click();
    page.locator(".follow[aria-pressed=false]").waitFor(); // the map shows the fix, not the athlete
    viewer.look("doubts-live");
  }

  private static void doubtedAfterwards(Viewer viewer, UUID sessionId, Told told) {
    Page page = viewer.page();
    page.getByTestId("finished").getByRole(AriaRole.LINK).click();
    page.waitForURL("**/trainings/" + sessionId);
    Locator verdicts = page.locator("#check");
    verdicts.locator("li").first().waitFor();
    assertThat(verdicts.locator("li").first().textContent()).contains(told.reason());
    assertThat(viewer.text("oddities")).contains(told.oddity()).doesNotContain("0.00", "0,00");
    button(verdicts.locator("li").nth(2), told.show()).click();
    verdicts.locator("li.shown").waitFor();
    viewer.look("doubts");
    assertThat(viewer.text("listed")).containsPattern("\\b8\\b.*\\b" + JUMPS + "\\b");
    Locator listed = page.getByTestId("listed");
    while (listed.count() > 0) {
      int before = verdicts.locator("li").count();
      button(listed, told.more()).click();
      await().atMost(PATIENCE).until(() -> verdicts.locator("li").count() > before);
    }
    assertThat(verdicts.locator("li").count())
        .as("a good fix is between any two")
        .isEqualTo(JUMPS);
    Object unused = page.evaluate("window.layoutShift = 0"); // the visitor asked for what moved
    viewer.look("doubts-all");
  }

  private static Locator button(Locator within, String name) {
    return within.getByRole(
        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  /** A straight line east across the antimeridian at 3 m/s, off it at each eighth fix, and never less sure of itself. */
  private static Timeline doubtful() {
    List<Timeline.Event> events = new ArrayList<>();
    for (int second = 0; second <= 8 * JUMPS + 20; second++) {
      boolean jump = second % 8 == 0 && second > 0 && second <= 8 * JUMPS;
      double longitudeDeg = 179.93 + second * 3 / 106_550.0; // of the latitude below
      events.add(new Timeline.Fix(
          1_780_000_000_000L + second * 1_000L,
          -16.8 + (jump ? 0.0006 : 0),
          longitudeDeg > 180 ? longitudeDeg - 360 : longitudeDeg,
          12,
          5));
    }
    return new Timeline("run", "Doubtful phone", events);
  }

  /** Half an hour at 3 m/s by a foot pod. */
  private static Timeline treadmill() {
    List<Timeline.Event> events = new ArrayList<>();
    for (int second = 0; second <= 1_800; second++) {
      long at = 1_780_000_000_000L + second * 1_000L;
      events.add(new Timeline.HeartRate(at, 130 + second / 60));
      events.add(new Timeline.Cadence(at, 168));
      events.add(new Timeline.SensorSpeed(at, second % 600 < 60 ? 3.6 : 3));
    }
    return new Timeline("run", "Treadmill", events);
  }

  private ReplayOptions options(ServerProcess server) {
    return options(server, SPEED / 2);
  }

  private ReplayOptions options(ServerProcess server, double speed) {
    return new ReplayOptions(
        speed,
        false,
        URI.create(server.endpoints().getString("streamUrl")),
        server.authority(),
        directory.resolve("device"));
  }

  private static void signingIn(Browser browser, ServerProcess server) {
    String gateway = server.endpoints().getString("consoleUrl");
    String email = "runner-" + UUID.randomUUID() + "@example.org";
    try (Viewer viewer = Viewer.of(browser, "en", ColorScheme.LIGHT, 1440, 900);
        Viewer other = Viewer.of(browser, "ru", ColorScheme.DARK, 390, 844)) {
      Page page = viewer.page();
      page.navigate(gateway + "/live");
      page.waitForURL("**/sign-in?next=*");
      page.getByText("Server is up").waitFor();
      viewer.look("sign-in");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Create an account"))
          .click();
      page.getByLabel("Name that others see").fill("Maria");
      page.getByLabel("Email").fill(email);
      page.getByLabel("Password").fill("short");
      page.keyboard().press("Enter");
      page.getByRole(AriaRole.ALERT).getByText("At least 10 characters").waitFor();
      assertThat(page.evaluate("document.activeElement.name")).isEqualTo("password");
      viewer.look("sign-up");
      page.getByLabel("Password").fill("long enough now");
      page.keyboard().press("Enter");
      page.waitForURL("**/live");
      page.getByTestId("empty").waitFor();
      viewer.look("nobody-out");

      Page phone = other.page();
      phone.navigate(gateway + "/sign-in");
      phone.getByLabel("Почта").fill(email);
      phone.getByLabel("Пароль", new Page.GetByLabelOptions().setExact(true)).fill("not that one");
      phone.keyboard().press("Enter");
      phone.getByRole(AriaRole.ALERT).getByText("Осталось").waitFor();
      assertThat(phone.getByLabel("Почта").inputValue()).isEqualTo(email);
      assertThat(phone.evaluate("document.activeElement.name")).isEqualTo("password");
      other.forgive("401");
      other.look("sign-in-wrong");
    }
  }

  private static void watch(Viewer viewer, DemoAccount account) {
    Page page = viewer.page();
    page.navigate(account.signInLink());
    page.waitForURL("**/live/*");
    page.getByTestId("distance").waitFor();
    await().atMost(PATIENCE).untilAsserted(() -> {
      assertThat(viewer.text("pace")).matches("\\d{1,2}:\\d\\d");
      assertThat(viewer.text("heart-rate")).matches("\\d{2,3}");
    });
    String before = viewer.text("distance");
    await() // the map draws once its script is there
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(inked(page)).as("pixels of the route").isGreaterThan(50));
    await().atMost(PATIENCE).untilAsserted(() -> {
      assertThat(viewer.text("distance")).isNotEqualTo(before);
      assertThat(viewer.text("freshness")).containsAnyOf("Live", "В эфире");
    });
    viewer.look("live");
  }

  /** Pixels in the colour of the route. */
  private static int inked(Page page) {
    return ((Number) page.evaluate("""
            (() => {
              const canvas = document.querySelector('pw-map canvas');
              const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              let found = 0;
              for (let i = 0; i < data.length; i += 4) {
                if (data[i] === 0xC4 && data[i + 1] === 0xF0 && data[i + 2] === 0x42) found++;
              }
              return found;
            })()
            """)).intValue();
  }

  private static void useTheMap(Page page) {
    Locator follow = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Follow"));
    assertThat(follow.getAttribute("aria-pressed")).isEqualTo("true");
    BoundingBox map = page.getByTestId("map").boundingBox();
    page.mouse().move(map.x + 300, map.y + 400);
    page.mouse().down();
    page.mouse().move(map.x + 380, map.y + 430);
    page.mouse().up();
    await().atMost(PATIENCE).until(() -> "false".equals(follow.getAttribute("aria-pressed")));
    page.keyboard().press("f");
    await().atMost(PATIENCE).until(() -> "true".equals(follow.getAttribute("aria-pressed")));
    page.keyboard().press("3");
    page.getByText("Z1 <").first().waitFor();
    page.keyboard().press("s");
    await()
        .atMost(PATIENCE)
        .until(() -> page.locator("#polite").textContent().contains("kilometres, pace"));
    Locator table = page.getByRole(
            AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show as table"))
        .first();
    table.focus();
    page.keyboard().press("Enter");
    page.locator("pw-series .values table").first().waitFor();
    page.keyboard().press("Enter");
    page.context().setOffline(true);
    page.getByText("You are offline").waitFor();
    page.context().setOffline(false);
  }

  private static void afterwards(Viewer viewer, UUID sessionId) {
    Page page = viewer.page();
    page.getByTestId("finished").getByRole(AriaRole.LINK).click();
    page.waitForURL("**/trainings/" + sessionId);
    page.getByTestId("split-table").waitFor();
    Locator chart = page.locator("pw-series .u-over").first();
    chart.waitFor();
    viewer.look("training");
    Locator along = page.locator(".along");
    along.focus();
    page.keyboard().press("ArrowRight");
    page.keyboard().press("Shift+ArrowRight");
    assertThat(along.locator(".readout b")).isNotNull();
    await().atMost(PATIENCE).until(() -> along.locator(".readout b").count() >= 3);
    page.keyboard().press("Escape");
    await().atMost(PATIENCE).until(() -> along.locator(".readout b").count() == 0);
    for (String path : new String[] {"/trainings", "/boards/all/current", "/gear", "/"}) {
      page.navigate(viewer.page().url().replaceAll("(https://[^/]+)/.*", "$1") + path);
      page.locator(".card").first().waitFor();
      await()
          .atMost(PATIENCE)
          .until(() -> page.getByTestId("me").textContent().contains("Demo Athlete"));
      viewer.look("page" + path.replace('/', '-'));
    }
  }

  private static void deleteAndUndo(Viewer viewer, String delete, String undo, UUID sessionId) {
    Page page = viewer.page();
    page.navigate(page.url().replaceAll("(https://[^/]+)/.*", "$1") + "/trainings/" + sessionId);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(delete)).click();
    page.getByTestId("taken-back").waitFor();
    viewer.look("training-deleted");
    page.keyboard().press("Enter"); // the focus is on what brings it back
    page.getByTestId("split-table").waitFor();
    assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(undo))
            .count())
        .isZero();
  }
}
