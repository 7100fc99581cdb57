package io.pacewire.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import org.junit.jupiter.api.Test;

/** The exchange of RFC 7677 section 3. */
class ScramSha256Test {
  private static final String CHALLENGE =
      "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

  private final ScramSha256 scram = new ScramSha256("user", "pencil", "rOprNGfwEbeRWgbNEkqO");

  @Test
  void theExampleOfTheStandard_isAnsweredAsItSays() throws Exception {
    assertThat(scram.clientFirst()).isEqualTo("n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
    assertThat(scram.clientFinal(CHALLENGE))
        .endsWith(",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
    assertThatCode(() -> scram.verify("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="))
        .doesNotThrowAnyException();
  }

  @Test
  void aServerThatDoesNotKnowThePassword_isNotBelieved() throws Exception {
    assertThat(scram.clientFinal(CHALLENGE)).isNotEmpty();
    assertThatThrownBy(() -> scram.verify("v=AAAATRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void aChallengeWithAnotherNonce_isRefused() {
    assertThatThrownBy(() -> scram.clientFinal("r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"))
        .isInstanceOf(ProtocolException.class);
  }
}
