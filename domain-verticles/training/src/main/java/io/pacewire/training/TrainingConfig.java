package io.pacewire.training;

import io.pacewire.platform.config.ConfigSection;
import io.pacewire.platform.kafka.KafkaSettings;
import io.pacewire.platform.web.TokenSettings;
import io.pacewire.training.imports.ImportSettings;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * @param consumers that take in telemetry side by side, each of some partitions and on an event loop of its own
 * @param pollRecords most batches of one poll
 * @param liveLag so long live batches may wait before backlog does
 * @param foldsInMemory how many writers' states all of them keep between polls
 * @param waits how long sessions are waited for
 * @param databases where whose rows are
 * @param keepMonths so many months before this one recordings are kept, 0 for ever
 */
public record TrainingConfig(
    String host,
    int port,
    int consumers,
    int pollRecords,
    Duration liveLag,
    int foldsInMemory,
    SessionWaits waits,
    int keepMonths,
    KafkaSettings kafka,
    DatabaseSlots databases,
    TokenSettings tokens,
    ImportSettings imports) {

  public static TrainingConfig from(JsonObject root) {
    ConfigSection training = ConfigSection.root(root).section("training");
    return new TrainingConfig(
        training.string("host", "127.0.0.1"),
        training.port("port", 0),
        training.integer("consumers", 2, 1, 64),
        training.integer("pollRecords", 1_000, 1, 10_000),
        Duration.ofMillis(training.integer("liveLagMs", 500, 50, 600_000)),
        training.integer("foldsInMemory", 20_000, 100, 1_000_000),
        new SessionWaits(
            seconds(training, "silenceEndsAfterS", 21_600),
            seconds(training, "missingGivenUpAfterS", 120),
            seconds(training, "revisionAfterS", 30),
            seconds(training, "sealAfterS", 3_600)),
        training.integer("keepMonths", 0, 0, 1_200),
        KafkaSettings.from(root),
        DatabaseSlots.from(root),
        TokenSettings.from(root),
        ImportSettings.from(training));
  }

  /** How many writers' states each of the consumers keeps. */
  int foldsOfEach() {
    return Math.max(1, foldsInMemory / consumers);
  }

  private static Duration seconds(ConfigSection training, String name, int usual) {
    return Duration.ofSeconds(training.integer(name, usual, 1, 604_800));
  }
}
