package io.pacewire.platform.stack;

import io.pacewire.events.AccessRevoked;
import io.pacewire.events.EventTopics;
import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.platform.kafka.EventPublisher;
import io.vertx.core.Vertx;
import java.util.UUID;

/** Revokes as identity does. */
public final class TestRevocations {
  private TestRevocations() {}

  /** @param kind as {@link AccessRevoked} has it */
  public static void revoke(Vertx vertx, String kind, UUID id) throws Exception {
    EventPublisher publisher = EventPublisher.create(vertx, RealServers.kafka(), "identity");
    long nowMs = System.currentTimeMillis();
    Await.get(publisher.publish(EventEnvelope.of(
        EventTopics.REVOCATIONS,
        id,
        "access/" + kind + "/" + id + "/revoked-" + nowMs,
        nowMs,
        new AccessRevoked(id, kind, nowMs))));
    Await.get(publisher.close());
  }
}
