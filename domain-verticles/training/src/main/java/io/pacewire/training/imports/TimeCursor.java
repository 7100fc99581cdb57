package io.pacewire.training.imports;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.UUID;

/**
 * Where a list by time goes on: behind this one, so that what comes in meanwhile neither hides an entry
 * nor shows one twice.
 */
public record TimeCursor(long atMs, UUID id) {
  private static final UUID FIRST = new UUID(0, 0);
  private static final UUID LAST = new UUID(-1, -1);
  private static final String FOREIGN = "is not one that this list gave";

  /** Before all entries. */
  public static TimeCursor start(boolean ascending) {
    return ascending ? new TimeCursor(Long.MIN_VALUE, FIRST) : new TimeCursor(Long.MAX_VALUE, LAST);
  }

  /**
   * Letters, digits, - and _.
   *
   * @param list by which a cursor knows the list that it was made for; without blanks
   */
  public String encode(String list) {
    String text = "behind " + list + " " + atMs + " " + id;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(US_ASCII));
  }

  /** @throws IllegalArgumentException where {@code text} is no cursor of that list */
  public static TimeCursor decode(String text, String list) {
    String[] parts;
    try {
      parts = new String(Base64.getUrlDecoder().decode(text), US_ASCII).split(" ", -1);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(FOREIGN, e);
    }
    if (parts.length != 4 || !parts[0].equals("behind")) {
      throw new IllegalArgumentException(FOREIGN);
    }
    if (!parts[1].equals(list)) {
      throw new IllegalArgumentException("is of a list with another order or other filters");
    }
    try {
      return new TimeCursor(Long.parseLong(parts[2]), UUID.fromString(parts[3]));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(FOREIGN, e);
    }
  }
}
