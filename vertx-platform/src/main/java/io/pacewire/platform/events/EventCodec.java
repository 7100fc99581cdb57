package io.pacewire.platform.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pacewire.events.EventTypes;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;

/** Facts as JSON. Fields that are not known are ignored, so that older readers read newer facts. */
public final class EventCodec {
  private static final ObjectMapper JSON = JsonMapper.builder()
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
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
   * @throws IllegalArgumentException where the bytes are no such fact, naming the field at fault but
   *     not its value, which may be personal
   */
  public static Optional<Record> decode(String type, byte[] payload) {
    return EventTypes.classOf(type).map(fact -> read(fact, payload));
  }

  private static Record read(Class<? extends Record> fact, byte[] payload) {
    try {
      Record read = JSON.readValue(payload, fact);
      if (read == null) {
        throw new IllegalArgumentException("no " + fact.getSimpleName() + ": null");
      }
      return read;
    } catch (IOException e) {
      throw new IllegalArgumentException("no " + fact.getSimpleName() + ": " + fault(e), e);
    }
  }

  private static String fault(IOException failure) {
    if (failure instanceof ValueInstantiationException refused && refused.getCause() != null) {
      return String.valueOf(refused.getCause().getMessage()); // the fact's own check
    }
    if (failure instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return mapping.getPath().stream()
              .map(step -> String.valueOf(step.getFieldName()))
              .collect(Collectors.joining("."))
          + " is malformed";
    }
    return "not JSON, or of another shape";
  }
}
