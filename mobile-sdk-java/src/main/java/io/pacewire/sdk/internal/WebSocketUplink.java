package io.pacewire.sdk.internal;

import io.pacewire.wire.ClientFrame;
import io.pacewire.wire.MalformedBatchException;
import io.pacewire.wire.ServerFrame;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The stream of binary WebSocket messages at {@code /v1/stream}: one frame each way per message.
 */
public final class WebSocketUplink implements Uplink {
  private static final int NORMAL = 1_000;
  private static final int TOKEN_EXPIRED = 4_401;
  private static final int CONNECT_TIMEOUT_S = 10;
  private static final int PING_S = 20;

  private final URI uri;
  private final OkHttpClient client;
  private @Nullable WebSocket socket;

  public WebSocketUplink(URI uri, TrustedCertificates trust) {
    this.uri = uri;
    OkHttpClient.Builder builder = new OkHttpClient.Builder()
        .connectTimeout(CONNECT_TIMEOUT_S, TimeUnit.SECONDS)
        .readTimeout(CONNECT_TIMEOUT_S, TimeUnit.SECONDS)
        .pingInterval(PING_S, TimeUnit.SECONDS)
        .retryOnConnectionFailure(false); // the uploader decides when to try again
    trust.applyTo(builder);
    this.client = builder.build();
  }

  @Override
  public void connect(String token, UplinkEvents events) {
    Request request = new Request.Builder()
        .url(uri.toString())
        .header("Authorization", "Bearer " + token)
        .build();
    socket = client.newWebSocket(request, new Listener(events));
  }

  @Override
  public void send(StoredSession session, int seq, byte[] batch, long sentAtEpochMs) {
    write(ClientFrame.publish(sentAtEpochMs, null, batch));
  }

  @Override
  public void query(StoredSession session) {
    write(ClientFrame.query(session.id(), session.writer));
  }

  @Override
  public boolean renew(String token) {
    write(ClientFrame.renewal(token));
    return true;
  }

  @Override
  public void disconnect() {
    WebSocket open = socket;
    socket = null;
    if (open != null && !open.close(NORMAL, null)) {
      open.cancel();
    }
  }

  @Override
  public void release() {
    disconnect();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  /**
   * A frame that cannot be written any more is not lost: the close that follows puts its batch back
   * in line.
   */
  private void write(byte[] frame) {
    WebSocket open = socket;
    if (open != null && !open.send(ByteString.of(frame))) {
      open.cancel();
    }
  }

  private static final class Listener extends WebSocketListener {
    private final UplinkEvents events;
    private final AtomicBoolean over = new AtomicBoolean();

    Listener(UplinkEvents events) {
      this.events = events;
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
      events.opened();
    }

    @Override
    public void onMessage(WebSocket webSocket, ByteString bytes) {
      try {
        events.received(ServerFrame.parse(bytes.toByteArray()));
      } catch (MalformedBatchException notOurs) {
        webSocket.cancel();
        close("malformed frame from the platform: " + notOurs.getMessage(), false);
      }
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
      boolean unused = webSocket.close(NORMAL, null);
      close("closed by the platform: " + code + " " + reason, code == TOKEN_EXPIRED);
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable failure, @Nullable Response response) {
      int status = response == null ? 0 : response.code();
      if (status == 401 || status == 403) {
        close("the platform refused the token: HTTP " + status, true);
      } else {
        close(status == 0 ? failure.toString() : "HTTP " + status, false);
      }
    }

    private void close(String reason, boolean tokenRefused) {
      if (over.compareAndSet(false, true)) {
        events.closed(reason, tokenRefused);
      }
    }
  }
}
