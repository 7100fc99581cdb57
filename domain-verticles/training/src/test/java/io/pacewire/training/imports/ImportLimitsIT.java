package io.pacewire.training.imports;

import static io.pacewire.training.imports.MadeFiles.START_MS;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pacewire.activity.ExportFormat;
import io.pacewire.platform.stack.RealServers;
import io.pacewire.training.TrainingNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is sent twice, too often, or not to its end. */
@ExtendWith(RealServers.class)
class ImportLimitsIT {
  private static TrainingNode node;
  private final UUID athlete = UUID.randomUUID();

  @BeforeAll
  static void open() throws Exception {
    node = TrainingNode.start(ImportSettings.usual());
  }

  @AfterAll
  static void close() throws Exception {
    node.close();
  }

  @Test
  void theSameKeyAgain_isTheSameImport_andAnothersKeyIsAnothers() throws Exception {
    byte[] run = MadeFiles.run(ExportFormat.FIT, START_MS, 60);
    HttpResponse<byte[]> first = upload(athlete, "spring", run);
    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
    String location = first.headers().firstValue("Location").orElseThrow();

    HttpResponse<byte[]> whileItWaits = upload(athlete, "spring", run);
    JsonObject report = node.ended(athlete, location);
    HttpResponse<byte[]> afterItsEnd = upload(athlete, "spring", run);

    assertThat(report.getJsonObject("counts").getInteger("imported")).isEqualTo(1);
    for (HttpResponse<byte[]> again : List.of(whileItWaits, afterItsEnd)) {
      assertThat(again.statusCode()).isEqualTo(202);
      assertThat(again.headers().firstValue("Location")).contains(location);
      assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    }
    assertThat(imports(athlete)).hasSize(1);

    HttpResponse<byte[]> anothers = upload(UUID.randomUUID(), "spring", run);
    assertThat(anothers.headers().firstValue("Idempotency-Replayed")).isEmpty();
    assertThat(anothers.headers().firstValue("Location")).isPresent().isNotEqualTo(location);
  }

  @Test
  void aKeyOfAnotherUpload_isRefused_andChangesNothing() throws Exception {
    byte[] run = MadeFiles.run(ExportFormat.FIT, START_MS, 60);
    String location =
        upload(athlete, "winter", run).headers().firstValue("Location").orElseThrow();
    byte[] other = run.clone();
    other[other.length - 1]++;
    List<HttpResponse<byte[]>> refused = new ArrayList<>();
    for (byte[] body : List.of(other, Arrays.copyOf(run, run.length - 1), new byte[3 << 20])) {
      refused.add(upload(athlete, "winter", body));
    }
    for (String query : List.of("?name=winter.fit", "?timeZone=Europe/Berlin")) {
      refused.add(node.send(node.request(athlete, "/v1/imports" + query)
          .header("Idempotency-Key", "winter")
          .POST(BodyPublishers.ofByteArray(run))
          .build()));
    }
    for (HttpResponse<byte[]> one : refused) {
      assertThat(one.statusCode()).isEqualTo(422);
      assertThat(problem(one).getString("type"))
          .isEqualTo("urn:pacewire:problem:idempotency-key-reused");
    }
    assertThat(node.ended(athlete, location).getJsonObject("counts").getInteger("imported"))
        .isEqualTo(1);
    assertThat(imports(athlete)).hasSize(1);
    assertThat(upload(athlete, "winter", run).headers().firstValue("Location")).contains(location);
  }

  @Test
  void anUploadThatIsCancelled_endsAndMakesRoom() throws Exception {
    try (Socket slow = begin("spring")) {
      assertThat(slow.isConnected()).isTrue();
      await().until(() -> imports(athlete).size() == 1);
      String id = imports(athlete).getJsonObject(0).getString("importId");
      JsonObject cancelled = TrainingNode.json(
          node.send(node.request(athlete, "/v1/imports/" + id).DELETE().build()));
      assertThat(cancelled.getString("state")).isEqualTo("cancelled");
      slow.getOutputStream().write(new byte[99_995]);
      slow.getOutputStream().flush();
      assertThat(new String(slow.getInputStream().readNBytes(12), US_ASCII))
          .isEqualTo("HTTP/1.1 409");
    }
    assertThat(node.imported(athlete, MadeFiles.run(ExportFormat.FIT, START_MS, 60))
            .getJsonObject("counts")
            .getInteger("imported"))
        .isEqualTo(1);
  }

  @Test
  void aKeyWhoseUploadIsUnderWay_isAConflict_andOneThatIsNone_isNamed() throws Exception {
    try (Socket slow = begin("summer")) {
      assertThat(slow.isConnected()).isTrue();
      await().until(() -> imports(athlete).size() == 1);
      HttpResponse<byte[]> beside = upload(athlete, "summer", new byte[] {'<'});
      assertThat(beside.statusCode()).isEqualTo(409);
      assertThat(problem(beside).getString("type")).contains("idempotency-key-in-flight");
    }
    HttpResponse<byte[]> none = upload(athlete, "a key", new byte[] {'<'});
    assertThat(none.statusCode()).isEqualTo(400);
    assertThat(problem(none).encode()).contains("Idempotency-Key");
  }

  /** Uploads that break off make room. */
  @Test
  void moreThanMayWait_areToldWhenToComeAgain() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < ImportSettings.WAITING_OF_ONE; i++) {
        slow.add(begin("slow-" + i));
      }
      await().until(() -> imports(athlete).size() == ImportSettings.WAITING_OF_ONE);
      byte[] run = MadeFiles.run(ExportFormat.FIT, START_MS, 60);
      for (String key : new String[] {null, "autumn"}) {
        HttpResponse<byte[]> full = upload(athlete, key, run);
        assertThat(full.statusCode()).isEqualTo(429);
        assertThat(full.headers().firstValue("Retry-After")).contains("60");
        assertThat(problem(full).getString("detail")).contains("imports wait");
      }
      assertThat(upload(UUID.randomUUID(), null, run).statusCode())
          .as("another")
          .isEqualTo(202);
    } finally {
      for (Socket one : slow) {
        one.close();
      }
    }
    await().until(() -> imports(athlete).isEmpty());
    JsonObject report = node.imported(athlete, MadeFiles.run(ExportFormat.FIT, START_MS, 60));
    assertThat(report.getJsonObject("counts").getInteger("imported")).isEqualTo(1);
  }

  /** An upload of which only the beginning comes. */
  private Socket begin(String key) throws Exception {
    HttpRequest request = node.request(athlete, "/v1/imports").build();
    URI uri = request.uri();
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    String head = "POST " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
        + "\r\nAuthorization: " + request.headers().firstValue("Authorization").orElseThrow()
        + "\r\nIdempotency-Key: " + key + "\r\nContent-Length: 100000\r\n\r\n<gpx>";
    try {
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      socket.getOutputStream().flush();
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static HttpResponse<byte[]> upload(UUID of, String key, byte[] body) throws Exception {
    HttpRequest.Builder request =
        node.request(of, "/v1/imports").POST(BodyPublishers.ofByteArray(body));
    return node.send((key == null ? request : request.header("Idempotency-Key", key)).build());
  }

  private static JsonArray imports(UUID of) throws Exception {
    return node.json(of, "/v1/imports").getJsonArray("imports");
  }

  private static JsonObject problem(HttpResponse<byte[]> response) {
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    return TrainingNode.json(response);
  }
}
