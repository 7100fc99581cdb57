package io.pacewire.ingest;

import io.pacewire.platform.live.ConnectionOwners;
import org.jspecify.annotations.Nullable;

/**
 * Whom a connection was opened for.
 *
 * @param claim to the client id, wherever else it may be connected
 */
record MqttGuest(
    MqttConnectRequest request,
    MqttIdentity identity,
    MqttSession session,
    @Nullable LastWill will,
    ConnectionOwners.Claim claim) {}
