package io.pacewire.ingest;

import io.pacewire.platform.config.ConfigSection;

/**
 * The MQTT doors and what they keep for devices that are away.
 *
 * @param sessionMaxS longest that a session outlives its connection
 * @param keepAliveMaxS longest silence a client of MQTT 5 may ask for
 * @param unreadS so long a client may leave unread what is written to it
 * @param commandsQueued most commands that wait for one device
 * @param commandBytesQueued most bytes of commands that wait for one device
 */
public record MqttConfig(
    int port,
    int webSocketPort,
    int sessionMaxS,
    int keepAliveMaxS,
    int unreadS,
    int commandsQueued,
    int commandBytesQueued) {

  /** @param remembers whether there is a Redis: without one no session outlives its connection */
  static MqttConfig from(ConfigSection ingest, boolean remembers) {
    ConfigSection mqtt = ingest.section("mqtt");
    return new MqttConfig(
        mqtt.port("port", 8883),
        ingest.section("mqttWs").port("port", 8885),
        remembers ? mqtt.integer("sessionMaxS", 604_800, 1, 31_536_000) : 0,
        mqtt.integer("keepAliveMaxS", 1_200, 5, 65_535),
        mqtt.integer("unreadS", 30, 1, 3_600),
        mqtt.integer("commandsQueued", 100, 1, 10_000),
        mqtt.integer("commandBytesQueued", 262_144, 1_024, 16_777_216));
  }
}
