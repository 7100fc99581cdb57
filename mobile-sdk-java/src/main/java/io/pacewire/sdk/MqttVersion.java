package io.pacewire.sdk;

/** Version of the MQTT protocol an uplink speaks. */
public enum MqttVersion {
  /** MQTT 3.1.1, for brokers and middleboxes that know nothing newer. */
  V3_1_1,
  /** MQTT 5. */
  V5
}
