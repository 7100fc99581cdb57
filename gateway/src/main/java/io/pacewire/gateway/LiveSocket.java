package io.pacewire.gateway;

import static java.lang.System.Logger.Level.DEBUG;

import io.pacewire.gateway.TokenGate.Caller;
import io.pacewire.platform.live.LiveFeed;
import io.pacewire.platform.live.LiveMoment;
import io.pacewire.platform.security.Revocations;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One viewer of one session: first subscribed, then given a snapshot, then what came after it. A
 * viewer that reads too slowly is written nothing until it has read what it was sent; then it gets
 * one snapshot of how things are by then.
 */
final class LiveSocket {
  private static final System.Logger LOG = System.getLogger(LiveSocket.class.getName());
  private static final int MAX_WAITING = 32;
  private static final long CHECK_MS = 10_000;
  private static final short TOKEN_EXPIRED = 4401;
  private static final int UNAVAILABLE = 500;
  private static final short NOT_THERE = 4404;
  private static final short TRY_AGAIN_LATER = 1013;
  private static final short GOING_AWAY = 1001; // RFC 6455, 7.4.1

  private final Vertx vertx;
  private final ServerWebSocket socket;
  private final Caller caller;
  private final UUID sessionId;
  private final WebClient client;
  private final String trainingUrl;
  private final TokenVerifier verifier;
  private final SlowViewer slow;
  private final Queue<JsonObject> waiting = new ArrayDeque<>();
  private LiveFeed.@Nullable Subscription subscription;
  private Revocations.@Nullable Watch watch;
  private long timer = -1;
  private LiveMoment begun = new LiveMoment("", 0);
  private boolean ready;
  private boolean missed;
  private boolean finished;
  private boolean closed;

  LiveSocket(
      Vertx vertx,
      ServerWebSocket socket,
      HttpConnection connection,
      Caller caller,
      UUID sessionId,
      WebClient client,
      String trainingUrl,
      TokenVerifier verifier,
      LiveViewers viewers) {
    this.vertx = vertx;
    this.socket = socket;
    this.caller = caller;
    this.sessionId = sessionId;
    this.client = client;
    this.trainingUrl = trainingUrl;
    this.verifier = verifier;
    this.slow = new SlowViewer(vertx, socket, connection, viewers, this::snapshot);
  }

  /** @param gone is run once, when the viewer has left */
  void open(LiveFeed feed, Revocations revocations, Runnable gone) {
    UUID signIn = caller.principal().sessionId();
    if (signIn != null) {
      watch = revocations.watch(
          signIn, caller.principal().issuedAtMs(), () -> end(TOKEN_EXPIRED, "sign-in has ended"));
    }
    subscription = feed.subscribe(caller.principal().subject(), this::update);
    timer = vertx.setPeriodic(CHECK_MS, tick -> check());
    socket.closeHandler(closing -> {
      close();
      gone.run();
    });
    socket.exceptionHandler(cause -> LOG.log(DEBUG, "viewer: {0}", cause.getMessage()));
    slow.watch();
    snapshot();
  }

  private void snapshot() {
    ready = false;
    client
        .getAbs(trainingUrl + "/v1/sessions/" + sessionId + "/live")
        .bearerTokenAuthentication(caller.token())
        .timeout(10_000)
        .send()
        .onFailure(cause -> end(TRY_AGAIN_LATER, "not available now"))
        .onSuccess(response -> {
          switch (response.statusCode()) {
            case 200 -> begin(response.bodyAsJsonObject());
            case 401 -> end(TOKEN_EXPIRED, "token expired");
            case 403, 404 -> end(NOT_THERE, "no such session");
            default -> end(TRY_AGAIN_LATER, "not available now");
          }
        });
  }

  private void begin(JsonObject snapshot) {
    if (missed) { // more came than was kept: only a newer snapshot has it all
      missed = false;
      waiting.clear();
      snapshot();
      return;
    }
    begun = LiveMoment.of(snapshot);
    finished =
        "finished".equals(snapshot.getJsonObject("session", new JsonObject()).getString("state"));
    ready = true;
    send(snapshot);
    for (JsonObject update = waiting.poll(); update != null; update = waiting.poll()) {
      pass(update);
    }
  }

  private void update(JsonObject update) {
    if (!sessionId.toString().equals(update.getString("sessionId")) || slow.isBehind()) {
      return;
    }
    if (ready) {
      pass(update);
    } else if (waiting.size() < MAX_WAITING) {
      waiting.add(update);
    } else {
      missed = true;
    }
  }

  /**
   * Left out is what is known to be in the snapshot, and what is told late of what was finished by then. Where
   * that is not known it is passed on: a viewer takes no point twice, and the next figures come within half a
   * second.
   */
  private void pass(JsonObject update) {
    boolean isLast = "finished".equals(update.getString("type"));
    if (isLast || !(finished || LiveMoment.of(update).isBefore(begun))) {
      send(update);
    }
  }

  /** Where there is no room it is left out, and whatever comes until there is. */
  private void send(JsonObject message) {
    if (closed || socket.isClosed() || !slow.hasRoom()) {
      return;
    }
    message.remove("athlete");
    LiveMoment.removeNode(message);
    socket
        .writeTextMessage(message.encode())
        .onFailure(cause -> LOG.log(DEBUG, "viewer gone: {0}", cause.getMessage()));
  }

  /** What was allowed may be so no more; a token that cannot be looked at now is looked at next time. */
  private void check() {
    verifier.verify(caller.token()).onFailure(cause -> {
      if (cause instanceof ProblemException refused && refused.problem().status() < UNAVAILABLE) {
        end(TOKEN_EXPIRED, "token expired");
      }
    });
  }

  /** This node stops. */
  void goAway() {
    end(GOING_AWAY, "the server stops");
  }

  private void end(short code, String reason) {
    if (!closed) {
      Future<Void> ended = socket.close(code, reason);
      ended.onFailure(cause -> LOG.log(DEBUG, "close: {0}", cause.getMessage()));
      slow.endSoon();
    }
    close();
  }

  private void close() {
    closed = true;
    vertx.cancelTimer(timer);
    slow.close();
    waiting.clear();
    if (watch != null) {
      watch.close();
      watch = null;
    }
    if (subscription != null) {
      subscription.close();
      subscription = null;
    }
  }
}
