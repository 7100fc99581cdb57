package io.pacewire.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {

  @TempDir
  Path folder;

  @Test
  void aKey_isMadeOnce_andForItsOwnerAlone() throws Exception {
    Path file = folder.resolve("signing.pem");
    SigningKeys.generate(file);
    String first = Files.readString(file);
    SigningKeys.generate(file);
    assertThat(Files.readString(file)).isEqualTo(first).contains("BEGIN PRIVATE KEY");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryNotContaining("glob:**.next");
  }

  @Test
  void whatIsPublished_isThePublicPart_namedByItsThumbprint() throws Exception {
    Path file = folder.resolve("signing.pem");
    SigningKeys.generate(file);
    JsonObject key = SigningKeys.read(file).jwks().getJsonArray("keys").getJsonObject(0);
    assertThat(key.fieldNames())
        .containsExactlyInAnyOrder("kty", "crv", "x", "y", "alg", "use", "kid");
    String canonical = new JsonObject()
        .put("crv", "P-256")
        .put("kty", "EC")
        .put("x", key.getString("x"))
        .put("y", key.getString("y"))
        .encode();
    assertThat(key.getString("kid"))
        .isEqualTo(Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(MessageDigest.getInstance("SHA-256")
                .digest(canonical.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void aFolder_publishesAllItsKeys_andSignsWithTheLast() throws Exception {
    SigningKeys.generate(folder.resolve("2026-01.pem"));
    SigningKeys.generate(folder.resolve("2026-07.pem"));
    Files.writeString(folder.resolve("readme.txt"), "not a key");
    SigningKeys keys = SigningKeys.read(folder);
    assertThat(keys.jwks().getJsonArray("keys")).hasSize(2);
    assertThat(keys.signing().keyId())
        .isEqualTo(SigningKeys.read(folder.resolve("2026-07.pem")).signing().keyId());
  }

  @Test
  void whatIsNoPairOnTheRightCurve_isRefused_byTheSettingsName() throws Exception {
    Path file = folder.resolve("signing.pem");
    refused(Files.writeString(file, "nothing"));
    KeyPairGenerator larger = KeyPairGenerator.getInstance("EC");
    larger.initialize(new ECGenParameterSpec("secp384r1"));
    var pair = larger.generateKeyPair();
    refused(Files.writeString(
        file,
        pem("PRIVATE KEY", pair.getPrivate().getEncoded())
            + pem("PUBLIC KEY", pair.getPublic().getEncoded())));
    refused(Files.createDirectory(folder.resolve("empty")));
  }

  @Test
  void halvesOfTwoPairs_areRefused() throws Exception {
    Path one = folder.resolve("one.pem");
    Path two = folder.resolve("two.pem");
    SigningKeys.generate(one);
    SigningKeys.generate(two);
    String mixed = Files.readString(one).replaceAll("(?s)-----BEGIN PUBLIC.*", "")
        + Files.readString(two).replaceAll("(?s).*-----END PRIVATE KEY-----\n", "");
    refused(Files.writeString(folder.resolve("mixed.pem"), mixed));
  }

  private static void refused(Path path) {
    assertThatThrownBy(() -> SigningKeys.read(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("identity.signingKeyFile");
  }

  private static String pem(String label, byte[] bytes) {
    return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes)
        + "\n-----END " + label + "-----\n";
  }
}
