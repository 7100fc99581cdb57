package io.pacewire.training;

import org.jspecify.annotations.Nullable;

/** Natural key of a chunk. */
record ChunkId(WriterKey writer, int seq) {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChunkId id && seq == id.seq && writer.equals(id.writer);
  }

  @Override
  public int hashCode() {
    return 31 * writer.hashCode() + seq;
  }
}
