package io.pacewire.sdk;

import io.vertx.core.Future;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What tests with real servers share: waiting for a start, and a certificate made on the spot. */
final class TestServers {
  private static final String PASSWORD = "changeit";

  private TestServers() {}

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A key for 127.0.0.1 that no device trusts; keytool comes with every JDK. */
  static PfxOptions makeKey(Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("server.p12");
    Process keytool = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "EC",
            "-dname",
            "CN=test",
            "-ext",
            "san=ip:127.0.0.1,dns:localhost",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            file.toString())
        .redirectErrorStream(true)
        .start();
    if (keytool.waitFor() != 0) {
      throw new IOException(
          new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
    return new PfxOptions().setPath(file.toString()).setPassword(PASSWORD);
  }

  static byte[] certificateOf(PfxOptions key) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(Path.of(key.getPath()))) {
      store.load(in, PASSWORD.toCharArray());
    }
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
        .encodeToString(store.getCertificate("server").getEncoded());
    return ("-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
