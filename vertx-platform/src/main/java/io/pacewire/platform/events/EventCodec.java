package io.pacewire.platform.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pacewire.events.EventTypes;
import java.io.IOException;
import java.util.Optional;

/** Facts as JSON. Fields that are not known are ignored, so that older readers read newer facts. */
public final class EventCodec {
  private static final ObjectMapper JSON = JsonMapper.builder()
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .serializationInclusion(JsonInclude.Include.NON_NULL)
      .build();

  private EventCodec() {}

  public static byte[] encode(Record fact) {
    try {
      return JSON.writeValueAsBytes(fact);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("fact cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * The fact; empty for a type that this version does not know.
   *
   * @throws IllegalArgumentException where the bytes are no such fact, naming the field at fault
   */
  public static Optional<Record> decode(String type, byte[] payload) {
    return EventTypes.classOf(type).map(fact -> read(fact, payload));
  }

  private static Record read(Class<? extends Record> fact, byte[] payload) {
    try {
      return JSON.readValue(payload, fact);
    } catch (IOException e) {
      throw new IllegalArgumentException("no " + fact.getSimpleName() + ": " + e.getMessage(), e);
    }
  }
}
