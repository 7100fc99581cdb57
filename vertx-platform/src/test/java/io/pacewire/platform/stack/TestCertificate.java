package io.pacewire.platform.stack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate for localhost that signs itself, made by the JDK's own tool, as PEM. */
public final class TestCertificate {
  private TestCertificate() {}

  /** Writes certificate.pem and key.pem. */
  public static void in(Path folder) throws Exception {
    Path store = folder.resolve("store.p12");
    int made = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "one",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            "of-the-test")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    if (made != 0) {
      throw new AssertionError("keytool: " + made);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "of-the-test".toCharArray());
    }
    Key key = keys.getKey("one", "of-the-test".toCharArray());
    pem(folder.resolve("key.pem"), "PRIVATE KEY", key.getEncoded());
    pem(
        folder.resolve("certificate.pem"),
        "CERTIFICATE",
        keys.getCertificate("one").getEncoded());
  }

  private static void pem(Path file, String what, byte[] der) throws Exception {
    String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }
}
