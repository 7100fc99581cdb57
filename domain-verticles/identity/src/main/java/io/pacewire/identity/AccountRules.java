package io.pacewire.identity;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What an account may be made of. Pure. */
final class AccountRules {
  static final int SHORTEST_PASSWORD = 10;
  static final int LONGEST_PASSWORD = 200;
  static final int LOWEST_MAX_HEART_RATE_BPM = 100;
  static final int HIGHEST_MAX_HEART_RATE_BPM = 240;

  private static final int SECONDS_AN_HOUR = 3_600;

  /** Only what no address can lack: whether it exists is for a mail to find out. */
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@]{1,64}@[^\\s@.]{1,63}(\\.[^\\s@.]{1,63})*\\.[^\\s@.]{2,63}");

  private static final Set<String> LOCALES = Set.of("en", "ru");
  private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

  private AccountRules() {}

  /** The address as it is compared. */
  static String email(String text) {
    String same = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    if (!EMAIL.matcher(same).matches()) {
      throw new IllegalArgumentException("is no e-mail address");
    }
    return same;
  }

  /** Keyboards spell the same letter in several ways; the same password must be the same bytes. */
  static String password(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  /**
   * A name of the tz database. A machine that knows only its offset says so as GMT+03:00; for whole
   * hours the database has names, counted the other way round.
   */
  static String timeZone(String text) {
    if (ZONES.contains(text)) {
      return text;
    }
    String name = wholeHours(text);
    if (!ZONES.contains(name)) {
      throw new IllegalArgumentException("is no IANA time zone");
    }
    return name;
  }

  static String locale(String text) {
    if (!LOCALES.contains(text)) {
      throw new IllegalArgumentException("must be en or ru");
    }
    return text;
  }

  private static String wholeHours(String text) {
    try {
      if (ZoneId.of(text).normalized() instanceof ZoneOffset offset
          && offset.getTotalSeconds() % SECONDS_AN_HOUR == 0) {
        int hours = offset.getTotalSeconds() / SECONDS_AN_HOUR;
        return "Etc/GMT" + (hours > 0 ? "-" : "+") + Math.abs(hours);
      }
    } catch (DateTimeException e) {
      // the caller refuses it, as all that has no name
    }
    return "";
  }
}
