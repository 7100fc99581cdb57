package io.pacewire.bench.ingest;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Which batches a device was told are durable, by session; handed from the generator in a file. */
final class Acknowledged {
  private final Map<UUID, BitSet> missing;
  private final long count;

  private Acknowledged(Map<UUID, BitSet> missing) {
    this.missing = missing;
    this.count = missing.values().stream().mapToLong(BitSet::cardinality).sum();
  }

  static void write(Path file, List<Messages> messages, List<LoadConnection> connections)
      throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(messages.size());
      for (int i = 0; i < messages.size(); i++) {
        UUID session = messages.get(i).session();
        byte[] kept = Objects.requireNonNull(connections.get(i).kept()).toByteArray();
        out.writeLong(session.getMostSignificantBits());
        out.writeLong(session.getLeastSignificantBits());
        out.writeInt(kept.length);
        out.write(kept);
      }
    }
  }

  static Acknowledged read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      Map<UUID, BitSet> all = new HashMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        UUID session = new UUID(in.readLong(), in.readLong());
        byte[] kept = new byte[in.readInt()];
        in.readFully(kept);
        all.put(session, BitSet.valueOf(kept));
      }
      return new Acknowledged(all);
    }
  }

  /** How many there were at first. */
  long count() {
    return count;
  }

  /** This one was found in Kafka. */
  void found(UUID session, int seq) {
    BitSet of = missing.get(session);
    if (of != null && seq >= Messages.FIRST_SEQ) {
      of.clear(seq - Messages.FIRST_SEQ);
    }
  }

  long lost() {
    return missing.values().stream().mapToLong(BitSet::cardinality).sum();
  }
}
