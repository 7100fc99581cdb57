package io.pacewire.activity;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads ISO 8601 date-times, once for each point of a file, hence by hand: any fraction of a second,
 * any offset, none meaning UTC. What is finer than a millisecond is cut off.
 */
final class IsoTime {
  private CharSequence text = "";
  private int at;
  private boolean sound;
  private long epochMs;
  private int offsetS;
  private boolean zoned;

  /** Whether the text was a time; what it says is asked for after that. */
  boolean read(CharSequence stripped) {
    text = stripped;
    at = 0;
    sound = true;
    int year = digits(4);
    skip('-');
    int month = digits(2);
    skip('-');
    int day = digits(2);
    sound &= at < text.length() && "Tt ".indexOf(text.charAt(at++)) >= 0;
    int hour = digits(2);
    skip(':');
    int minute = digits(2);
    int second = peek() == ':' ? digitsAfter(':') : 0;
    int millis = peek() == '.' || peek() == ',' ? fraction() : 0;
    offset();
    // A 60th second is a leap second, of which POSIX time knows nothing.
    sound &= at == text.length() && hour <= 24 && minute < 60 && second <= 60;
    if (!sound) {
      return false;
    }
    try {
      long days = LocalDate.of(year, month, day).toEpochDay();
      long seconds = days * 86_400 + hour * 3_600L + minute * 60L + second - offsetS;
      epochMs = seconds * 1_000 + millis;
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  long epochMs() {
    return epochMs;
  }

  /** Whether an offset other than Z was written, which says where the athlete's clock stood. */
  boolean isZoned() {
    return zoned;
  }

  int offsetS() {
    return offsetS;
  }

  private void offset() {
    zoned = false;
    offsetS = 0;
    char sign = peek();
    if (sign == 'Z' || sign == 'z') {
      at++;
    } else if (sign == '+' || sign == '-') {
      at++;
      int hours = digits(2);
      int minutes = peek() == ':' ? digitsAfter(':') : peek() == 0 ? 0 : digits(2);
      offsetS = (hours * 3_600 + minutes * 60) * (sign == '-' ? -1 : 1);
      zoned = true;
      sound &= hours <= 18 && minutes < 60;
    }
  }

  private int fraction() {
    at++;
    int millis = 0;
    int count = 0;
    for (char c = peek(); c >= '0' && c <= '9'; c = peek()) {
      if (count < 3) {
        millis = millis * 10 + (c - '0');
      }
      count++;
      at++;
    }
    sound &= count > 0;
    return count == 1 ? millis * 100 : count == 2 ? millis * 10 : millis;
  }

  private int digitsAfter(char separator) {
    skip(separator);
    return digits(2);
  }

  private int digits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      char c = peek();
      sound &= c >= '0' && c <= '9';
      value = value * 10 + (c - '0');
      at++;
    }
    return value;
  }

  private void skip(char expected) {
    sound &= peek() == expected;
    at++;
  }

  /** 0 at the end, which no time contains. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }
}
