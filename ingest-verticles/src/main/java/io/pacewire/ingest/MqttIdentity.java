package io.pacewire.ingest;

/** Who a connection belongs to, with the token that says so. */
record MqttIdentity(Device device, String token) {}
