package io.pacewire.activity;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of devices by their numbers in the FIT profile: the common ones, others by number. */
final class FitDevices {
  private static final int GARMIN = 1;
  private static final int ANT_PLUS = 1;
  private static final int BLUETOOTH_LOW_ENERGY = 3;

  private static final Map<Integer, String> MANUFACTURERS = Map.ofEntries(
      Map.entry(GARMIN, "Garmin"),
      Map.entry(23, "Suunto"),
      Map.entry(32, "Wahoo"),
      Map.entry(37, "Magellan"),
      Map.entry(95, "Stryd"),
      Map.entry(123, "Polar"),
      Map.entry(260, "Zwift"),
      Map.entry(265, "Strava"),
      Map.entry(267, "Bryton"),
      Map.entry(289, "Hammerhead"),
      Map.entry(294, "Coros"));

  private static final Map<Integer, String> GARMIN_PRODUCTS = Map.ofEntries(
      Map.entry(1036, "Edge 500"),
      Map.entry(1124, "Forerunner 110"),
      Map.entry(1169, "Edge 800"),
      Map.entry(1561, "Edge 510"),
      Map.entry(1567, "Edge 810"),
      Map.entry(1623, "Forerunner 620"),
      Map.entry(1765, "Forerunner 920XT"),
      Map.entry(1836, "Edge 1000"),
      Map.entry(1967, "fenix 2"),
      Map.entry(2337, "vivoactive HR"),
      Map.entry(2713, "Edge 1030"),
      Map.entry(3113, "Forerunner 945"),
      Map.entry(3121, "Edge 530"),
      Map.entry(3122, "Edge 830"),
      Map.entry(4024, "Forerunner 955"));

  private FitDevices() {}

  /** Of a message with a manufacturer, a product and perhaps its name; empty where none is known. */
  static String name(FitMessage message, int manufacturerField, int productField, int nameField) {
    int manufacturer = message.code(manufacturerField);
    int product = message.code(productField);
    String maker = manufacturer < 0 || manufacturer == FitProfile.DEVELOPMENT
        ? ""
        : MANUFACTURERS.getOrDefault(manufacturer, "Maker " + manufacturer);
    String named = message.text(nameField).strip();
    if (named.isEmpty() && product >= 0) {
      String number = Integer.toString(product);
      named = manufacturer == GARMIN ? GARMIN_PRODUCTS.getOrDefault(product, number) : number;
    }
    boolean complete = named.regionMatches(true, 0, maker, 0, maker.length());
    return complete ? named : (maker + " " + named).strip();
  }

  /**
   * What measures speed, of a device_info's device_type, whose meaning depends on its source_type
   * (FIT profile, {@code antplus_device_type} and {@code ble_device_type}); older files have none.
   */
  @Nullable
  static SpeedSensor speedSensor(int type, int source) {
    boolean bluetooth = source == BLUETOOTH_LOW_ENERGY;
    if (!bluetooth && source != ANT_PLUS && source != -1) {
      return null;
    }
    return switch (type) {
      case 121, 123 ->
        SpeedSensor.WHEEL; // with cadence, alone; some write these for Bluetooth, too
      case 124 -> SpeedSensor.FOOT;
      case 3, 4 -> bluetooth ? SpeedSensor.WHEEL : null;
      case 6 -> bluetooth ? SpeedSensor.FOOT : null;
      default -> null;
    };
  }
}
