package io.pacewire.ingest;

import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * The frames of one stream as they come: those that carry no message by themselves are weighed, and text
 * ends it, before any of that is put together. Used from one event loop.
 */
final class StreamFrames {
  /** Of the smallest frame, with its mask. */
  private static final int HEADER_BYTES = 6;

  private final SentBeside beside;
  private final Runnable onText;
  private boolean ended;

  StreamFrames(SentBeside beside, Runnable onText) {
    this.beside = beside;
    this.onText = onText;
  }

  /** Whether it is to go on its way. */
  boolean takes(WebSocketFrame frame) {
    boolean isText = frame instanceof TextWebSocketFrame;
    if (frame instanceof BinaryWebSocketFrame && frame.isFinalFragment() && !ended) {
      beside.wrapping(HEADER_BYTES); // the rest is weighed as what it is
    } else {
      boolean isPart = !isText
          && !ended
          && (frame instanceof BinaryWebSocketFrame || frame instanceof ContinuationWebSocketFrame);
      beside.packet(HEADER_BYTES + (isPart ? 0 : frame.content().readableBytes()));
    }
    if (isText && !ended) {
      ended = true;
      onText.run();
    }
    return !ended || frame instanceof CloseWebSocketFrame;
  }
}
