package io.pacewire.training;

/**
 * What holds a place in the database.
 *
 * @param receivedAtMs when ingest had it; of a batch that its device sends again that is another time, of
 *     one that a poll brings again the same
 */
record StoredBatch(long hash, long receivedAtMs) {}
