package io.pacewire.bench.ingest;

import io.netty.buffer.ByteBuf;
import io.pacewire.wire.LedgerEntry;
import io.pacewire.wire.SeqRanges;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Sends recordings side by side over one binary WebSocket, a batch of each in turn, and listens for
 * what is acknowledged and what is stored. Message {@code number} is batch {@code number / sessions} of
 * session {@code number % sessions}.
 */
final class RecordingSpeech implements Speech {
  private final String token;
  private final Recordings recordings;
  private final int firstRun;
  private final byte[][] ids;
  private final BitSet[] stored;
  private final Map<UUID, Integer> places = new HashMap<>();
  private final StreamReader reader = new StreamReader();

  /** @param firstRun which run the first of the sessions is */
  RecordingSpeech(String token, Recordings recordings, int firstRun, List<UUID> sessions) {
    this.token = token;
    this.recordings = recordings;
    this.firstRun = firstRun;
    this.ids = new byte[sessions.size()][];
    this.stored = new BitSet[sessions.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = Recordings.bytes(sessions.get(i));
      stored[i] = new BitSet();
      places.put(sessions.get(i), i);
    }
  }

  @Override
  public void greet(ByteBuf out) {
    StreamReader.greet(token, out);
  }

  @Override
  public void write(long number, ByteBuf out) {
    int place = (int) (number % ids.length);
    int seq = (int) (number / ids.length);
    if (seq >= recordings.batches()) {
      throw new IllegalStateException("runs have " + recordings.batches() + " batches, not more");
    }
    int start = out.writerIndex();
    out.writeBytes(recordings.frame(firstRun + place, seq));
    out.setBytes(start + recordings.idAt(firstRun + place, seq), ids[place]);
  }

  /** Who records goes on and on; who comes out of a valley has what there is. */
  @Override
  public long messages() {
    return recordings.isBacklog() ? (long) ids.length * recordings.batches() : Long.MAX_VALUE;
  }

  @Override
  public void read(ByteBuf in, Heard heard) {
    reader.read(in, heard, entry -> hear(entry, heard));
  }

  private void hear(LedgerEntry entry, Heard heard) {
    if (!entry.refused().isEmpty() || entry.deferred().count() > 0) {
      heard.refused("refused " + entry.refused() + ", deferred " + entry.deferred());
    }
    Integer place = places.get(entry.sessionId());
    if (place == null) {
      heard.refused("told of a session that is not ours");
      return;
    }
    SeqRanges acked = entry.acked();
    for (int range = 0; range < acked.count(); range++) {
      for (long seq = acked.from(range); seq <= acked.to(range); seq++) {
        int number = (int) ((seq * ids.length + place) % CYCLE);
        heard.acknowledged(number, number);
      }
    }
    SeqRanges fresh = entry.stored();
    for (int range = 0; range < fresh.count(); range++) {
      for (int seq = fresh.from(range); seq <= fresh.to(range); seq++) {
        if (!stored[place].get(seq)) {
          stored[place].set(seq);
          heard.stored((int) (((long) seq * ids.length + place) % CYCLE));
        }
      }
    }
  }
}
