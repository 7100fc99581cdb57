package io.pacewire.identity;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What an account may be made of, and how often a password may be tried. Pure. */
final class AccountRules {
  static final int SHORTEST_PASSWORD = 10;
  static final int LONGEST_PASSWORD = 200;
  static final int TRIES = 5;
  static final long PAUSE_MS = 15 * 60_000;

  /** Only what no address can lack: whether it exists is for a mail to find out. */
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@]{1,64}@[^\\s@]{1,190}\\.[^\\s@]{2,63}");

  private static final Set<String> LOCALES = Set.of("en", "ru");

  private AccountRules() {}

  /** The address as it is compared. */
  static String email(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!EMAIL.matcher(lower).matches()) {
      throw new IllegalArgumentException("is no e-mail address");
    }
    return lower;
  }

  static String timeZone(String text) {
    try {
      return ZoneId.of(text).getId();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("is no IANA time zone", e);
    }
  }

  static String locale(String text) {
    if (!LOCALES.contains(text)) {
      throw new IllegalArgumentException("must be en or ru");
    }
    return text;
  }

  static int triesLeft(int failed) {
    return Math.max(0, TRIES - failed);
  }

  /** When a password may be tried again after {@code failed} wrong ones in a row. */
  static long pausedUntilMs(int failed, long nowMs) {
    return failed >= TRIES ? nowMs + PAUSE_MS : 0;
  }
}
