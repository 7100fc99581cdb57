package io.pacewire.platform.kafka;

import static java.lang.System.Logger.Level.DEBUG;
import static java.util.Map.entry;

import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaProducer;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Producers for facts: few, small, and never lost. */
final class Producers {
  private static final System.Logger LOG = System.getLogger(Producers.class.getName());

  /** How long closing waits for what is on its way. */
  static final long CLOSE_MS = 5_000;

  private Producers() {}

  static KafkaProducer<String, byte[]> create(
      Vertx vertx, KafkaSettings settings, String clientId) {
    KafkaProducer<String, byte[]> producer =
        KafkaProducer.create(vertx, config(settings, clientId));
    // Whoever sent hears of it from the future; unset, Vert.x would report it as unhandled too.
    return producer.exceptionHandler(cause -> LOG.log(DEBUG, "not sent: {0}", cause.getMessage()));
  }

  static Map<String, String> config(KafkaSettings settings, String clientId) {
    return Map.ofEntries(
        entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers()),
        entry(ProducerConfig.CLIENT_ID_CONFIG, clientId),
        entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName()),
        entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName()),
        entry(ProducerConfig.ACKS_CONFIG, "all"),
        entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true"),
        // A topic that was made a moment ago refuses for a while: of several requests a later one
        // may
        // be taken first, and then the earlier ones are refused until their time is up.
        entry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1"),
        entry(ProducerConfig.LINGER_MS_CONFIG, "2"),
        entry(ProducerConfig.BUFFER_MEMORY_CONFIG, "8388608"),
        // Sends wait in line on one worker: none may hold up the others for long.
        entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, "5000"),
        entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "2000"),
        entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "30000"),
        entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000"));
  }
}
