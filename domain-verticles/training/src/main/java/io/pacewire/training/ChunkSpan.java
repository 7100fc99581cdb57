package io.pacewire.training;

/** When the samples of a stored batch were taken, by the device's clock. */
record ChunkSpan(int seq, long firstAtMs, long lastAtMs) {}
