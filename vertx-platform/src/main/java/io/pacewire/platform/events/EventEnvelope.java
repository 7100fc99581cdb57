package io.pacewire.platform.events;

import io.pacewire.events.EventTypes;
import java.util.UUID;

/**
 * A fact on its way: the attributes of a CloudEvent (specification 1.0.2) and its JSON.
 *
 * @param id the same for the same fact, however often it is made
 * @param key the athlete, so that an athlete's facts keep their order
 */
public record EventEnvelope(
    UUID id, String type, String source, long atMs, String topic, String key, byte[] payload) {

  /**
   * @param naturalKey names the fact for ever, such as {@code training/ATHLETE/ID/finished-1}; its
   *     first part is the source
   */
  public static EventEnvelope of(
      String topic, UUID athleteId, String naturalKey, long atMs, Record fact) {
    String source = "/" + naturalKey.substring(0, naturalKey.indexOf('/'));
    return new EventEnvelope(
        EventIds.of(naturalKey),
        EventTypes.typeOf(fact),
        source,
        atMs,
        topic,
        athleteId.toString(),
        EventCodec.encode(fact));
  }
}
