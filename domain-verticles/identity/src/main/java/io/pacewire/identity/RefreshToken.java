package io.pacewire.identity;

import java.util.Optional;

/**
 * A refresh token: the secret all tokens of one sign-in share, and its own. The first finds the
 * sign-in whatever the age of the token, so that a stolen one is always recognised.
 */
record RefreshToken(String family, String secret) {

  static RefreshToken first() {
    return new RefreshToken(Secrets.next(), Secrets.next());
  }

  /** Empty where the text is none of ours. */
  static Optional<RefreshToken> parse(String text) {
    int dot = text.indexOf('.');
    return dot <= 0 || dot == text.length() - 1
        ? Optional.empty()
        : Optional.of(new RefreshToken(text.substring(0, dot), text.substring(dot + 1)));
  }

  RefreshToken next() {
    return new RefreshToken(family, Secrets.next());
  }

  byte[] familyHash() {
    return Secrets.hash(family);
  }

  byte[] hash() {
    return Secrets.hash(secret);
  }

  String text() {
    return family + "." + secret;
  }

  @Override
  public String toString() {
    return "RefreshToken[]"; // must not reach a log by being printed
  }
}
