package io.pacewire.platform.kafka;

import static java.lang.System.Logger.Level.INFO;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.errors.FencedInstanceIdException;

/**
 * A consumer as a member of its group. Who has a name keeps its partitions until it is missed, and so
 * has them again at once if it was killed; who goes of its own accord must say so.
 */
final class GroupMembership {
  private static final System.Logger LOG = System.getLogger(GroupMembership.class.getName());
  private static final int CLOSE_WITHIN_S = 10;
  private static final int LEAVE_WITHIN_MS = 3_000;

  private final Vertx vertx;
  private final KafkaReadStream<String, byte[]> stream;
  private final KafkaSettings settings;
  private final String group;
  private volatile boolean taken;

  GroupMembership(
      Vertx vertx, KafkaReadStream<String, byte[]> stream, KafkaSettings settings, String group) {
    this.vertx = vertx;
    this.stream = stream;
    this.settings = settings;
    this.group = group;
  }

  /** Whether a consumer's fault says that another one has its name now. */
  boolean isTaken(Throwable fault) {
    if (fault instanceof FencedInstanceIdException) {
      taken = true;
    }
    return taken;
  }

  /** Closes the consumer. Its name goes with it, unless that is another's. */
  Future<Void> leave() {
    Future<Void> closed = stream.close().timeout(CLOSE_WITHIN_S, TimeUnit.SECONDS);
    return settings.node().isEmpty() || taken ? closed : closed.eventually(this::takeOut);
  }

  /** Never fails: who cannot be told misses the name some seconds later. */
  private Future<Void> takeOut() {
    return vertx
        .executeBlocking(this::admin, false)
        .compose(admin -> {
          Promise<Void> done = Promise.promise();
          var unused = admin
              .removeMembersFromConsumerGroup(
                  group,
                  new RemoveMembersFromConsumerGroupOptions(
                      Set.of(new MemberToRemove(settings.node()))))
              .all()
              .whenComplete((left, fault) -> {
                if (fault == null) {
                  done.complete();
                } else {
                  done.fail(fault);
                }
              });
          return done.future().eventually(() -> close(admin));
        })
        .recover(fault -> {
          LOG.log(INFO, "{0} is missed by {1} in some seconds", settings.node(), group);
          return Future.succeededFuture();
        });
  }

  private Admin admin() {
    return Admin.create(Map.of(
        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
        settings.bootstrapServers(),
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        LEAVE_WITHIN_MS,
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
        LEAVE_WITHIN_MS));
  }

  private Future<Void> close(Admin admin) {
    return vertx.executeBlocking(
        () -> {
          admin.close(Duration.ofMillis(LEAVE_WITHIN_MS));
          return null;
        },
        false);
  }
}
