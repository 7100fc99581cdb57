package io.pacewire.identity;

import io.pacewire.events.EventTopics;
import io.pacewire.events.ParametersChanged;
import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.platform.pg.Outbox;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** What athletes say of their bodies: each change is a revision, and a fact that others hear of. */
final class AthleteProfiles {
  private final Pool pool;
  private final ParametersRepository parameters;
  private final InstantSource clock;

  AthleteProfiles(Pool pool, ParametersRepository parameters, InstantSource clock) {
    this.pool = pool;
    this.parameters = parameters;
    this.clock = clock;
  }

  Future<Parameters> find(UUID athleteId) {
    return parameters.find(pool, athleteId);
  }

  /** A change that changes nothing makes no revision. */
  Future<Parameters> change(UUID athleteId, UnaryOperator<Parameters> change) {
    return pool.withTransaction(tx -> parameters
        .lock(tx, athleteId)
        .compose(there -> there
            ? parameters.find(tx, athleteId).compose(held -> {
              Parameters changed = change.apply(held);
              ParametersRules.check(changed);
              return changed.equals(held)
                  ? Future.succeededFuture(held)
                  : save(tx, athleteId, changed.numbered(held.revision() + 1));
            })
            : Future.failedFuture(new ProblemException(Problem.notFound("account", athleteId)))));
  }

  private Future<Parameters> save(SqlConnection tx, UUID athleteId, Parameters said) {
    EventEnvelope fact = EventEnvelope.of(
        EventTopics.ACCOUNT,
        athleteId,
        "account/" + athleteId + "/parameters-" + said.revision(),
        clock.millis(),
        new ParametersChanged(
            athleteId,
            said.revision(),
            said.maxHeartRateBpm(),
            said.restingHeartRateBpm(),
            said.thresholdPowerW(),
            said.weightKg(),
            said.sex(),
            said.birthYear(),
            clock.millis()));
    return parameters
        .save(tx, athleteId, said)
        .compose(saved -> Outbox.add(tx, fact))
        .map(said);
  }
}
