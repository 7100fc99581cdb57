package io.pacewire.training;

import io.pacewire.platform.config.ConfigException;
import io.pacewire.platform.config.ConfigSection;
import io.pacewire.platform.pg.PgSettings;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In which database the rows of which athletes are. An athlete's slot never changes; which database has
 * the slot stands in the configuration. All rows of an athlete are in one. Pure.
 */
public final class DatabaseSlots {
  static final int SLOTS = 1024;

  private static final String KEY = "training.databases";
  private static final Pattern ENTRY = Pattern.compile("(\\d{1,4})-(\\d{1,4})=(\\S+)");
  private static final int USUAL_PORT = 5432;

  /** Some are left to others, and to what is finished meanwhile, while an athlete has all it may have. */
  private static final int USUAL_CONNECTIONS = AthleteRequests.MOST + 4;

  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final List<PgSettings> databases;
  private final int[] bySlot;

  private DatabaseSlots(List<PgSettings> databases, int[] bySlot) {
    this.databases = List.copyOf(databases);
    this.bySlot = bySlot;
  }

  /** As {@code training.databases} says, with the role and password of {@code postgres.training}. */
  public static DatabaseSlots from(JsonObject root) {
    return parse(
        ConfigSection.root(root).section("training").string("databases", ""),
        PgSettings.from(root, "training", USUAL_CONNECTIONS));
  }

  /**
   * @param map such as {@code 0-511=postgresql://db1:5432/pacewire,512-1023=postgresql://db2/pacewire};
   *     empty puts every slot into {@code usual}
   * @param usual whose role, schema and password hold in all of them
   * @throws ConfigException where a slot is in no database or in two, or an entry cannot be read
   */
  static DatabaseSlots parse(String map, PgSettings usual) {
    if (map.isBlank()) {
      return new DatabaseSlots(List.of(usual), new int[SLOTS]);
    }
    List<PgSettings> databases = new ArrayList<>();
    int[] bySlot = new int[SLOTS];
    Arrays.fill(bySlot, -1);
    for (String text : map.split(",", -1)) {
      Matcher entry = ENTRY.matcher(text.strip());
      if (!entry.matches()) {
        throw fault("an entry is FROM-TO=postgresql://HOST:PORT/DATABASE, was " + text.strip());
      }
      PgSettings database = database(entry.group(3), usual);
      if (!databases.contains(database)) {
        databases.add(database);
      }
      give(
          bySlot,
          Integer.parseInt(entry.group(1)),
          Integer.parseInt(entry.group(2)),
          databases.indexOf(database));
    }
    requireWhole(bySlot);
    return new DatabaseSlots(databases, bySlot);
  }

  private static void give(int[] bySlot, int from, int to, int database) {
    if (from > to || to >= SLOTS) {
      throw fault("slots go from 0 to " + (SLOTS - 1) + ", was " + from + "-" + to);
    }
    for (int slot = from; slot <= to; slot++) {
      if (bySlot[slot] >= 0) {
        throw fault("slot " + slot + " is given twice");
      }
      bySlot[slot] = database;
    }
  }

  private static void requireWhole(int[] bySlot) {
    for (int slot = 0; slot < SLOTS; slot++) {
      if (bySlot[slot] < 0) {
        throw fault("slot " + slot + " has no database");
      }
    }
  }

  private static PgSettings database(String url, PgSettings usual) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw fault("no URL: " + url);
    }
    String path = uri.getPath();
    if (!"postgresql".equals(uri.getScheme())
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || path == null
        || !path.matches("/[^/]+")) {
      throw fault("a database is postgresql://HOST:PORT/DATABASE and nothing else");
    }
    int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
    return usual.in(uri.getHost(), port, path.substring(1));
  }

  private static ConfigException fault(String fault) {
    return new ConfigException(KEY + ": " + fault);
  }

  /** Each once, in the order of the map. */
  public List<PgSettings> databases() {
    return databases;
  }

  /** The place in {@link #databases} of the one that has an athlete's rows. */
  int of(UUID athleteId) {
    return bySlot[slot(athleteId)];
  }

  /**
   * Where a record with this key belongs; what is no athlete's id goes to the first, which sets it
   * aside.
   */
  int of(String key) {
    try {
      return of(UUID.fromString(key));
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }

  /** 0 to {@value #SLOTS} - 1; the same for ever, whatever made the id. */
  static int slot(UUID athleteId) {
    long mixed = (athleteId.getMostSignificantBits() ^ athleteId.getLeastSignificantBits()) * MIX;
    return (int) (mixed >>> (Long.SIZE - 10));
  }
}
