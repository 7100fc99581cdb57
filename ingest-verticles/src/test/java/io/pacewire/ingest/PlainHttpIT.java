package io.pacewire.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.platform.stack.RealServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Without TLS, which is for one machine alone. */
@ExtendWith(RealServers.class)
class PlainHttpIT {
  @Test
  void whoAsksForHttp2_getsHttp1_andItsBatchesAreTaken(@TempDir Path folder) throws Exception {
    TestIngest ingest = new TestIngest(folder, Map.of("ingest.tls.enabled", false));
    UUID device = UUID.randomUUID();
    UUID athlete = UUID.randomUUID();
    HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpResponse<String> answer = client.send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + ingest.verticle.streamPort() + "/v1/batches"))
            .header("Authorization", "Bearer " + ingest.token(athlete, device))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"batches\":[]}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 499);
    ingest.close();
  }
}
