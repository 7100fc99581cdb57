package io.pacewire.sdk.internal;

import io.pacewire.sdk.TokenSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Asks the app for tokens on a thread of its own, one call at a time. Used by the uploader's
 * thread.
 */
final class TokenKeeper {
  private final TokenSource source;
  private final ExecutorService thread;
  private boolean asking;

  TokenKeeper(TokenSource source) {
    this.source = source;
    this.thread = Threads.single("pacewire-token");
  }

  boolean isAsking() {
    return asking;
  }

  /** Fetches a token; the answer is given on the token thread, wrap it to come back to your own. */
  void fetch(Consumer<AccessToken> fetched, Consumer<String> failed) {
    asking = true;
    try {
      thread.execute(() -> ask(fetched, failed));
    } catch (RejectedExecutionException closed) {
      asking = false;
    }
  }

  /** The answer has come back to the uploader's thread. */
  void answered() {
    asking = false;
  }

  void close() {
    thread.shutdownNow();
  }

  // An app's callback may throw anything; the uploader must go on and ask again.
  @SuppressWarnings("InterruptedExceptionSwallowed")
  private void ask(Consumer<AccessToken> fetched, Consumer<String> failed) {
    long askedAt = System.nanoTime();
    try {
      fetched.accept(new AccessToken(source.token(), askedAt));
    } catch (Exception e) {
      failed.accept("no token: " + e);
    }
  }
}
