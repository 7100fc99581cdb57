package io.pacewire.peers;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import java.nio.file.Files;
import java.nio.file.Path;

/** HiveMQ CE on one port, letting everybody in, until its standard input ends. */
public final class HiveMq {
  private HiveMq() {}

  public static void main(String[] args) throws Exception {
    Path home = Path.of(args[0]);
    for (String folder : new String[] {"conf", "data", "extensions"}) {
      Files.createDirectories(home.resolve(folder));
    }
    Files.writeString(home.resolve("conf/config.xml"), configuration(Integer.parseInt(args[1])));
    try (EmbeddedHiveMQ broker = EmbeddedHiveMQ.builder()
        .withConfigurationFolder(home.resolve("conf"))
        .withDataFolder(home.resolve("data"))
        .withExtensionsFolder(home.resolve("extensions"))
        .withEmbeddedExtension(EmbeddedExtension.builder()
            .withId("let-all-in")
            .withName("let-all-in")
            .withVersion("1")
            .withExtensionMain(new LetAllIn())
            .build())
        .build()) {
      broker.start().join();
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // Only the end says something.
      }
    }
  }

  /** Its queue is as long as the window of all publishers together, so that nothing is dropped. */
  private static String configuration(int port) {
    return """
        <?xml version="1.0"?>
        <hivemq>
          <listeners>
            <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
          </listeners>
          <mqtt>
            <queued-messages><max-queue-size>1000000</max-queue-size></queued-messages>
            <receive-maximum><server-receive-maximum>65535</server-receive-maximum></receive-maximum>
          </mqtt>
          <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
        </hivemq>
        """
        .formatted(port);
  }

  private static final class LetAllIn implements ExtensionMain {
    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
      SimpleAuthenticator all = (connect, decision) -> decision.authenticateSuccessfully();
      Services.securityRegistry().setAuthenticatorProvider(provider -> all);
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}
  }
}
