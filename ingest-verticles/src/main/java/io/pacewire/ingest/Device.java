package io.pacewire.ingest;

import java.util.UUID;

/** Who is at the other end of a connection, as its verified token says. */
record Device(UUID athleteId, UUID deviceId, long tokenExpiresAtMs) {}
