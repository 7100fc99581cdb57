package io.pacewire.activity;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What developers said about fields of their own (FIT protocol, field_description). Used for fields
 * that stand in for a common one, as the power of a foot pod does; all others are passed over.
 */
final class FitDeveloperFields {

  /**
   * @param type base type of the values
   * @param global the message that has the common field; -1 where it is not stated
   * @param field the common field; -1 for none
   */
  record Description(int type, int global, int field, double scale, double offset) {
    boolean standsFor(int inGlobal, int commonField) {
      return field == commonField && (global == inGlobal || global == -1);
    }

    double inUnits(double value) {
      return value / scale - offset;
    }
  }

  private final Map<Integer, Description> descriptions = new HashMap<>();

  void add(FitMessage message) {
    int index = message.code(0);
    int number = message.code(1);
    if (index < 0 || index > 0xFF || number < 0 || number > 0xFF) {
      return;
    }
    double scale = message.number(6);
    double offset = message.number(7);
    descriptions.put(
        (index << 8) | number,
        new Description(
            Math.max(0, message.code(2)),
            message.code(14),
            message.code(15),
            scale > 0 ? scale : 1,
            Double.isNaN(offset) ? 0 : offset));
  }

  @Nullable
  Description find(int index, int number) {
    return descriptions.get((index << 8) | number);
  }

  void clear() {
    descriptions.clear();
  }
}
