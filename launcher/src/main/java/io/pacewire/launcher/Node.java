package io.pacewire.launcher;

import static java.lang.System.Logger.Level.WARNING;

import io.pacewire.gamification.GamificationConfig;
import io.pacewire.gamification.GamificationVerticle;
import io.pacewire.gateway.GatewayConfig;
import io.pacewire.gateway.GatewayVerticle;
import io.pacewire.identity.IdentityConfig;
import io.pacewire.identity.IdentityVerticle;
import io.pacewire.ingest.IngestConfig;
import io.pacewire.ingest.IngestVerticle;
import io.pacewire.inventory.InventoryConfig;
import io.pacewire.inventory.InventoryVerticle;
import io.pacewire.platform.cluster.Cluster;
import io.pacewire.platform.cluster.ClusterSettings;
import io.pacewire.platform.config.ConfigException;
import io.pacewire.platform.metrics.Metrics;
import io.pacewire.platform.metrics.MetricsAccess;
import io.pacewire.training.TrainingConfig;
import io.pacewire.training.TrainingVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The Vert.x of this JVM, in a cluster or alone, and the roles that run on it. */
final class Node implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Node.class.getName());
  private static final long JOINED_WITHIN_S = 60;
  private static final long ROLES_WITHIN_S = 60;
  private static final long CLOSE_WITHIN_S = 20;
  private static final Map<String, Function<JsonObject, Deployable>> ROLES = new LinkedHashMap<>();

  static {
    ROLES.put("identity", tree -> new IdentityVerticle(IdentityConfig.from(tree)));
    ROLES.put("training", tree -> new TrainingVerticle(TrainingConfig.from(tree)));
    ROLES.put("inventory", tree -> new InventoryVerticle(InventoryConfig.from(tree)));
    ROLES.put("gamification", tree -> new GamificationVerticle(GamificationConfig.from(tree)));
    ROLES.put("ingest", tree -> new IngestVerticle(IngestConfig.from(tree)));
    ROLES.put("gateway", tree -> new GatewayVerticle(GatewayConfig.from(tree)));
  }

  private final Vertx vertx;

  private Node(Vertx vertx) {
    this.vertx = vertx;
  }

  /** The names of all roles, in the order they start. */
  static Set<String> roles() {
    return ROLES.keySet();
  }

  /** Joins the cluster where the settings say so, and waits for it. */
  static Node start(ClusterSettings cluster, Collection<String> roles) {
    VertxOptions options = new VertxOptions().setWorkerPoolSize(8).setInternalBlockingPoolSize(8);
    return new Node(await(
        Cluster.start(cluster, options, roles),
        JOINED_WITHIN_S,
        "this node did not join the cluster"));
  }

  /** Returns when all of them are up. */
  void run(Collection<String> roles, JsonObject tree) {
    Metrics.open(vertx, MetricsAccess.from(tree));
    List<Deployable> verticles = create(roles, tree);
    var unused = await(
        Future.all(verticles.stream().map(vertx::deployVerticle).toList()),
        ROLES_WITHIN_S,
        "a role did not start");
  }

  @Override
  public void close() {
    try {
      var unused = vertx
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(CLOSE_WITHIN_S, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(WARNING, "roles were not closed in good order: {0}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Deployable> create(Collection<String> roles, JsonObject tree) {
    try {
      return ROLES.entrySet().stream()
          .filter(role -> roles.contains(role.getKey()))
          .map(role -> role.getValue().apply(tree))
          .toList();
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          String.valueOf(e.getMessage())); // two settings that do not go together
    }
  }

  private static <T> T await(Future<T> started, long seconds, String otherwise) {
    try {
      return started.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      LOG.log(WARNING, otherwise, e);
      throw new StartException(otherwise + ": " + e.getCause());
    } catch (TimeoutException e) {
      throw new StartException(otherwise + " within " + seconds + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted");
    }
  }
}
