package io.pacewire.sdk;

/**
 * Gets access tokens for the device from wherever the app keeps its sign-in.
 *
 * <p>Called on a thread of its own, one call at a time, so it may block on the network. Tokens live
 * ten minutes and a run is longer: the SDK asks again well before one expires, and at once when the
 * server refuses it. What it throws is reported in {@link UploadState#lastError()} and asked again
 * later; recording goes on meanwhile.
 */
@FunctionalInterface
public interface TokenSource {
  /** A token that is fresh now; never one from a cache that may be near its end. */
  String token() throws Exception;
}
