package io.pacewire.bench.ingest;

import java.util.List;

/**
 * How long and how much.
 *
 * @param rounds of each row, in turn
 * @param seconds of each measurement
 * @param burstMs at half load: how often a connection sends what is due
 * @param idle connections that are held open and say nothing
 * @param kills how often the server is killed under load
 */
record IngestOptions(
    List<String> peers,
    int rounds,
    double seconds,
    int connections,
    int window,
    int burstMs,
    int mqttVersion,
    int batch,
    int idle,
    int kills) {
  private static final double WARM_SHARE = 0.3;

  LoadPlan.Door mqtt() {
    return mqttVersion == MqttSpeech.VERSION_5 ? LoadPlan.Door.MQTT_5 : LoadPlan.Door.MQTT_3;
  }

  int measureMs() {
    return (int) (seconds * 1_000);
  }

  int warmMs() {
    return (int) (seconds * 1_000 * WARM_SHARE);
  }
}
