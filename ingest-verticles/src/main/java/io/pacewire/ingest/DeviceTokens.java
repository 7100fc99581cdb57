package io.pacewire.ingest;

import io.pacewire.platform.security.Revocations;
import io.pacewire.platform.web.JwtPrincipal;
import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;
import io.pacewire.platform.web.Strangers;
import io.pacewire.platform.web.TokenRefusals;
import io.pacewire.platform.web.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who a device token belongs to. Identity comes from the verified token, never from what a client says. */
final class DeviceTokens {
  private static final String SCOPE = "ingest";

  private final TokenVerifier verifier;
  private final Revocations revocations;
  private final Strangers strangers;
  private final TokenRefusals refusals;

  DeviceTokens(
      TokenVerifier verifier,
      Revocations revocations,
      Strangers strangers,
      TokenRefusals refusals) {
    this.verifier = verifier;
    this.revocations = revocations;
    this.strangers = strangers;
    this.refusals = refusals;
  }

  /**
   * Runs {@code cut}, once, on the caller's context, when the device is revoked, or the sign-in that its
   * token names ({@code sid}); to be closed. Identity's tokens of devices name none: a device has a secret of
   * its own, which is revoked by itself.
   */
  DeviceWatch watch(Device device, Runnable cut) {
    return new DeviceWatch(revocations, device, cut);
  }

  /** Whether the device was revoked since its token was made. */
  boolean isRevoked(Device device) {
    return revocations.covers(device.deviceId(), device.tokenIssuedAtMs());
  }

  /** As {@link #verify(String)}, for whoever is not known yet; fails with 503 for who brought too many forged ones. */
  Future<Device> verify(@Nullable String token, SocketAddress from) {
    return token == null || token.isBlank()
        ? none()
        : refusals.counted(verifier
            .verify(token, strangers, String.valueOf(from.hostAddress()))
            .compose(DeviceTokens::device));
  }

  /** Fails with 401 where the token is not valid, with 403 where it is none of a device that may send. */
  Future<Device> verify(@Nullable String token) {
    return token == null || token.isBlank()
        ? none()
        : refusals.counted(verifier.verify(token).compose(DeviceTokens::device));
  }

  /** As {@link #verify(String)}, for one that could not be looked at before, when it was counted. */
  Future<Device> verifyAgain(String token) {
    return verifier.verify(token).compose(DeviceTokens::device);
  }

  /** Whether a token is not good; else it cannot be looked at now, which says nothing of it. */
  static boolean isRefused(Throwable cause) {
    return cause instanceof ProblemException expected && expected.problem().status() < 500;
  }

  private static Future<Device> none() {
    return Future.failedFuture(new ProblemException(Problem.unauthorized("no token")));
  }

  private static Future<Device> device(JwtPrincipal principal) {
    UUID deviceId = principal.deviceId();
    return deviceId == null || !principal.scopes().contains(SCOPE)
        ? Future.failedFuture(
            new ProblemException(Problem.forbidden("not a device token with scope " + SCOPE)))
        : Future.succeededFuture(device(principal, deviceId));
  }

  private static Device device(JwtPrincipal principal, UUID deviceId) {
    return new Device(
        principal.subject(),
        deviceId,
        principal.tenant(),
        principal.expiresAtMs(),
        principal.issuedAtMs(),
        principal.sessionId());
  }
}
