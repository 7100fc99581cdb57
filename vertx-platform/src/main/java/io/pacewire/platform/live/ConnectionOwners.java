package io.pacewire.platform.live;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import com.hazelcast.core.HazelcastInstance;
import io.pacewire.platform.cluster.Cluster;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a client's id has one connection, wherever it was opened: who comes later takes
 * over. Two owners for a moment, in a cluster that fell apart, do no harm. Thread-safe; one for each
 * node.
 */
public final class ConnectionOwners {
  private static final System.Logger LOG = System.getLogger(ConnectionOwners.class.getName());
  private static final long ANSWER_MS = 1_000;
  private static final int INSISTS = 20;
  /** Each may block for a minute or two. */
  private static final int MOST_FAILURES = 10;

  private static final String EVERY_NODE = "connections";
  private static final String CLIENT = "client";
  private static final String TOKEN = "token";

  private final Vertx vertx;
  private final String nodeId;
  private final @Nullable SharedOwners shared;
  private final Map<String, Claim> held = new HashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();

  private ConnectionOwners(Vertx vertx, String nodeId, @Nullable SharedOwners shared) {
    this.vertx = vertx;
    this.nodeId = nodeId;
    this.shared = shared;
  }

  public static ConnectionOwners create(Vertx vertx) {
    Cluster cluster = Cluster.of(vertx);
    HazelcastInstance members = cluster.shared();
    if (members == null) {
      return new ConnectionOwners(vertx, cluster.nodeId(), null);
    }
    return create(vertx, cluster.nodeId(), members);
  }

  static ConnectionOwners create(Vertx vertx, String nodeId, HazelcastInstance members) {
    SharedOwners shared = new SharedOwners(vertx, members);
    ConnectionOwners owners = new ConnectionOwners(vertx, nodeId, shared);
    shared.onChange(() -> owners.restore(shared));
    vertx.eventBus().consumer(address(nodeId), owners::asked);
    vertx.eventBus().consumer(EVERY_NODE, owners::asked);
    return owners;
  }

  /** The place of one connection, to be released when it closes. */
  public final class Claim {
    private final String client;
    private final long openedAtMs = System.currentTimeMillis();
    private final int number = numbers.getAndIncrement();
    private final Context context;
    private final Runnable leave;
    private final Promise<@Nullable String> placed = Promise.promise();
    private boolean lost;

    private Claim(String client, Runnable leave) {
      this.client = client;
      this.context = vertx.getOrCreateContext();
      this.leave = leave;
    }

    /** What the nodes know the connection by. Made each time: as a text it weighs more than the rest of this. */
    private String token() {
      return OwnerToken.of(nodeId, openedAtMs, number);
    }

    /** Whether a newer connection came, as far as this node has heard, or this one is over. */
    public synchronized boolean isLost() {
      return lost;
    }

    /** The connection is over. More than once is once. */
    public void release() {
      synchronized (this) {
        lost = true;
      }
      synchronized (ConnectionOwners.this) {
        held.remove(client, this);
      }
      if (shared != null) {
        forget(shared);
      }
    }

    private void forget(SharedOwners members) {
      members
          .remove(client, token())
          .onFailure(cause -> LOG.log(DEBUG, "not released: {0}", cause.getMessage()));
    }

    private void tell(Promise<Claim> told) {
      boolean newer;
      synchronized (this) {
        newer = lost;
      }
      if (newer) {
        release();
        told.fail(new IllegalStateException("a newer connection took over"));
      } else {
        told.complete(this);
      }
    }

    private Future<Void> evict() {
      synchronized (this) {
        if (lost) {
          return Future.succeededFuture();
        }
        lost = true;
      }
      Promise<Void> left = Promise.promise();
      context.runOnContext(turn -> {
        try {
          leave.run();
        } finally {
          left.complete(); // whatever was wrong with the old connection, the new one is let in
        }
      });
      return left.future();
    }
  }

  /**
   * Takes the client's place. Completes, on the caller's context, once whoever had it was told to
   * go, after two seconds at most; fails where a yet newer connection came meanwhile.
   *
   * @param client an id that nobody else can claim: it must contain what the token proved
   * @param leave closes the connection because another took over; runs on the caller's context
   */
  public Future<Claim> claim(String client, Runnable leave) {
    Claim claim = new Claim(client, leave);
    Claim before;
    synchronized (this) {
      before = held.put(client, claim);
    }
    Future<Void> left = before == null ? Future.succeededFuture() : before.evict();
    // One after the other, so that the last to come is the last in the map.
    Future<?> free =
        before == null ? Future.succeededFuture() : before.placed.future().otherwiseEmpty();
    free.compose(mine -> place(claim)).onComplete(claim.placed);
    Promise<Claim> told = Promise.promise();
    left.compose(gone -> claim.placed.future())
        .compose(other -> vacate(client, other))
        .onComplete(done -> claim.context.runOnContext(turn -> claim.tell(told)));
    return told.future();
  }

  /** Whether a connection has the client's place now, on whichever node; false where that cannot be told. */
  public Future<Boolean> isHeld(String client) {
    synchronized (this) {
      if (held.containsKey(client) || shared == null) {
        return Future.succeededFuture(held.containsKey(client));
      }
    }
    return shared
        .owner(client)
        .timeout(ANSWER_MS, TimeUnit.MILLISECONDS)
        .map(token -> token != null)
        .otherwise(false);
  }

  private Future<@Nullable String> place(Claim claim) {
    if (shared == null) {
      return Future.succeededFuture(null);
    }
    return shared
        .swap(claim.client, claim.token())
        .timeout(ANSWER_MS, TimeUnit.MILLISECONDS)
        .recover(cause -> {
          LOG.log(WARNING, "owner not known, every node is asked: {0}", cause.getMessage());
          vertx.eventBus().publish(EVERY_NODE, question(claim.client, claim.token()));
          return Future.succeededFuture(null);
        });
  }

  /** Asks the node of the earlier owner to let go; one that does not answer is gone itself. */
  private Future<Void> vacate(String client, @Nullable String token) {
    if (token == null || OwnerToken.nodeId(token).equals(nodeId)) {
      return Future.succeededFuture();
    }
    return ask(client, token).recover(cause -> {
      LOG.log(DEBUG, "no answer of {0}: {1}", OwnerToken.nodeId(token), cause.getMessage());
      return Future.succeededFuture();
    });
  }

  private Future<Void> ask(String client, String token) {
    DeliveryOptions patience = new DeliveryOptions().setSendTimeout(ANSWER_MS);
    return vertx
        .eventBus()
        .request(
            address(OwnerToken.nodeId(token)), question(client, token).put("go", true), patience)
        .mapEmpty();
  }

  /** As two parts of a cluster have just met, the bus may not know its way to the other yet. */
  private void insist(String client, String token, int times) {
    ask(client, token).onFailure(cause -> {
      if (times > 1) {
        vertx.setTimer(ANSWER_MS, later -> insist(client, token, times - 1));
      } else {
        LOG.log(WARNING, "an older connection may be there still: {0}", cause.getMessage());
      }
    });
  }

  /**
   * Somebody took over: by name from one node, or from any of them where it is not known which. Of two that do
   * not know, the other is not to throw out who came later.
   */
  private void asked(Message<JsonObject> message) {
    JsonObject question = message.body();
    Claim mine;
    synchronized (this) {
      mine = held.get(question.getString(CLIENT));
    }
    Future<Void> gone =
        mine != null && isMeant(mine, question) ? mine.evict() : Future.succeededFuture();
    gone.onComplete(done -> message.reply(null));
  }

  private static boolean isMeant(Claim mine, JsonObject question) {
    String token = question.getString(TOKEN);
    return question.getBoolean("go", false)
        ? mine.token().equals(token)
        : OwnerToken.isNewer(token, mine.token());
  }

  /**
   * After a split: what is connected here is known again; of two the one that came last stays. In any order:
   * those that fail are not to keep the others waiting each time.
   */
  private void restore(SharedOwners members) {
    List<Claim> all;
    synchronized (this) {
      all = new ArrayList<>(held.values());
    }
    Collections.shuffle(all);
    List<RuntimeException> failures = new ArrayList<>();
    for (Claim claim : all) {
      try {
        restore(claim, members);
      } catch (RuntimeException e) { // Hazelcast's own, of many kinds
        failures.add(e);
      }
      if (failures.size() == MOST_FAILURES) {
        break;
      }
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private void restore(Claim claim, SharedOwners members) {
    if (claim.isLost()) {
      return;
    }
    String other = members.restore(claim.client, claim.token());
    if (claim.isLost()) {
      claim.forget(members); // it was released meanwhile, and its place with it
    } else if (other == null || other.equals(claim.token())) {
      return;
    } else if (OwnerToken.isNewer(claim.token(), other)) {
      insist(claim.client, other, INSISTS);
    } else {
      claim.evict().onSuccess(left -> LOG.log(DEBUG, "another node has the client"));
    }
  }

  private static JsonObject question(String client, String token) {
    return new JsonObject().put(CLIENT, client).put(TOKEN, token);
  }

  private static String address(String nodeId) {
    return EVERY_NODE + "." + nodeId;
  }
}
