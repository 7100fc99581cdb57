package io.pacewire.training;

/** Natural key of a chunk. */
record ChunkId(WriterKey writer, int seq) {}
