package io.pacewire.identity;

import io.pacewire.events.AccountChanged;
import io.pacewire.events.AccountRegistered;
import io.pacewire.events.EventTopics;
import io.pacewire.platform.events.EventEnvelope;
import io.pacewire.platform.pg.Outbox;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.UUID;

/** Registering an account, which is a fact that others hear of, and changing it. */
final class Accounts {
  private final Pool pool;
  private final AccountRepository accounts;
  private final AthleteProfiles profiles;
  private final PasswordHash passwords;
  private final InstantSource clock;

  Accounts(
      Pool pool,
      AccountRepository accounts,
      AthleteProfiles profiles,
      PasswordHash passwords,
      InstantSource clock) {
    this.profiles = profiles;
    this.pool = pool;
    this.accounts = accounts;
    this.passwords = passwords;
    this.clock = clock;
  }

  /** What somebody registers with. */
  record Registration(
      String email, String password, String displayName, String timeZone, String locale) {

    @Override
    public String toString() {
      return "Registration[]"; // a password must not reach a log by being printed
    }
  }

  /** Fails with a conflict where the address is taken. */
  Future<Account> register(Registration wanted) {
    return passwords
        .hash(wanted.password())
        .compose(hash -> insert(new Account(
            UUID.randomUUID(),
            wanted.email(),
            hash,
            wanted.displayName(),
            wanted.timeZone(),
            wanted.locale(),
            null)));
  }

  Future<Account> find(UUID athleteId) {
    return accounts
        .find(athleteId)
        .map(found ->
            found.orElseThrow(() -> new ProblemException(Problem.notFound("account", athleteId))));
  }

  Future<Account> change(UUID athleteId, Account.Change change) {
    Integer maxBpm = change.maxHeartRateBpm();
    Future<?> said = maxBpm == null
        ? Future.succeededFuture()
        : profiles.change(athleteId, held -> held.withMaxHeartRateBpm(maxBpm));
    return said.compose(done -> update(athleteId, change)).compose(done -> find(athleteId));
  }

  private Future<Void> update(UUID athleteId, Account.Change change) {
    return pool.withTransaction(tx -> accounts
        .update(tx, athleteId, change)
        .compose(changed -> changed.isPresent()
            ? Outbox.add(tx, changed(athleteId, changed.get(), clock.millis()))
            : Future.succeededFuture()));
  }

  private Future<Account> insert(Account account) {
    long now = clock.millis();
    EventEnvelope event = registered(account, now);
    return pool.withTransaction(tx -> accounts
        .insert(tx, account, now)
        .compose(inserted -> inserted
            ? Outbox.add(tx, event).map(account)
            : Future.failedFuture(new ProblemException(
                Problem.conflict("email-taken", "there is an account with this e-mail")))));
  }

  private static EventEnvelope changed(UUID athleteId, AccountRepository.Said said, long nowMs) {
    AccountChanged fact = new AccountChanged(
        athleteId, said.revision(), said.displayName(), said.timeZone(), said.locale(), nowMs);
    return EventEnvelope.of(
        EventTopics.ACCOUNT,
        athleteId,
        "account/" + athleteId + "/changed-" + said.revision(),
        nowMs,
        fact);
  }

  private static EventEnvelope registered(Account account, long nowMs) {
    AccountRegistered fact = new AccountRegistered(
        account.athleteId(), account.displayName(), account.timeZone(), account.locale(), nowMs);
    return EventEnvelope.of(
        EventTopics.ACCOUNT,
        account.athleteId(),
        "account/" + account.athleteId() + "/registered",
        nowMs,
        fact);
  }
}
