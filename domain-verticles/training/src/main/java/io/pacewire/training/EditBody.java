package io.pacewire.training;

import io.pacewire.platform.web.JsonBody;
import io.pacewire.track.Sports;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an edit's body says; whatever is wrong is a 400 that names the field. */
final class EditBody {
  /** 9999-12-31, as far as ISO 8601 goes. */
  private static final long LATEST_MS = 253_402_300_799_999L;

  private static final int LONGEST_WORD = 32;

  private final JsonBody body;
  private final JsonObject json;

  private EditBody(JsonBody body, JsonObject json) {
    this.body = body;
    this.json = json;
  }

  static EditBody of(RoutingContext ctx) {
    JsonBody body = JsonBody.of(ctx);
    return new EditBody(
        body, ctx.body().isEmpty() ? new JsonObject() : ctx.body().asJsonObject());
  }

  /** Milliseconds since 1970, UTC; null where it is absent. */
  @Nullable
  Long optionalTimeMs(String field) {
    double value = body.number(field, 0, LATEST_MS, Double.NaN);
    if (Double.isNaN(value)) {
      return null;
    }
    if (value != Math.rint(value)) {
      throw RecipeRules.fault(field, "must be a whole number of milliseconds");
    }
    return (long) value;
  }

  long timeMs(String field) {
    Long value = optionalTimeMs(field);
    if (value == null) {
      throw RecipeRules.fault(field, "is missing");
    }
    return value;
  }

  /** Others than {@code self}, each once. */
  List<UUID> trainings(String field, UUID self) {
    if (!(json.getValue(field) instanceof JsonArray array)
        || array.isEmpty()
        || array.size() > RecipeRules.MOST_MERGED) {
      throw RecipeRules.fault(field, "must list 1 to " + RecipeRules.MOST_MERGED + " trainings");
    }
    List<UUID> ids = array.stream()
        .map(id -> JsonBody.uuid(field, id instanceof String text ? text : ""))
        .toList();
    if (ids.contains(self) || ids.stream().distinct().count() < ids.size()) {
      throw RecipeRules.fault(field, "must list other trainings, each once");
    }
    return ids;
  }

  String sport() {
    return body.parsed("sport", LONGEST_WORD, sport -> {
      if (!Sports.NAMES.contains(sport)) {
        throw new IllegalArgumentException("must be one of " + String.join(", ", Sports.NAMES));
      }
      return sport;
    });
  }

  Elevation elevation() {
    Elevation.Source source = json.getValue("source") == null
        ? Elevation.Source.AUTOMATIC
        : body.parsed("source", LONGEST_WORD, Elevation.Source::of);
    Integer offsetM =
        body.optionalInteger("offsetM", -Elevation.MOST_OFFSET_M, Elevation.MOST_OFFSET_M);
    if (offsetM == null && json.getValue("source") == null) {
      throw RecipeRules.fault("source", "or offsetM must be there");
    }
    return new Elevation(source, offsetM == null ? 0 : offsetM);
  }

  @Nullable
  Integer algorithmVersion() {
    return body.optionalInteger("algorithmVersion", 1, Byte.MAX_VALUE);
  }

  /** In the athlete's words. */
  String reason(int longest) {
    return body.text("reason", longest);
  }
}
