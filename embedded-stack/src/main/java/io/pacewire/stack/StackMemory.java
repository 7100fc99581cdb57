package io.pacewire.stack;

/** What each server may use, MiB: Java heaps, and the buffers PostgreSQL shares. */
public record StackMemory(
    int kafkaHeapMib, int s3HeapMib, int smtpHeapMib, int postgresBuffersMib) {
  public StackMemory {
    atLeast(64, kafkaHeapMib, "stack.kafka.heapMib");
    atLeast(32, s3HeapMib, "stack.s3.heapMib");
    atLeast(16, smtpHeapMib, "stack.smtp.heapMib");
    atLeast(16, postgresBuffersMib, "stack.postgres.buffersMib");
  }

  /** Enough for one household or gym on two cores. */
  public static StackMemory small() {
    return new StackMemory(256, 64, 32, 64);
  }

  private static void atLeast(int least, int mib, String setting) {
    if (mib < least) {
      throw new IllegalArgumentException(setting + " must be at least " + least + ", was " + mib);
    }
  }
}
