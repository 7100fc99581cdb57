package io.pacewire.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes one word into every server and reads it back, each in the server's own protocol. */
final class Clients {
  private static final String TOPIC = "words";
  private static final String NOTHING = "UNSIGNED-PAYLOAD";

  private final Endpoints endpoints;

  Clients(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  void write(String word) throws Exception {
    sql("CREATE TABLE word (word text)");
    sql("INSERT INTO word VALUES ('" + word + "')");
    redis("SET word " + word);
    produce(word);
    s3("PUT", "/words", "");
    s3("PUT", "/words/one", word);
    mail(word);
  }

  /** What each server holds, in the order of the enum. */
  List<String> read() throws Exception {
    return List.of(
        String.join(",", sql("SELECT word FROM word")),
        String.join(",", consume()),
        redis("GET word"),
        s3("GET", "/words/one", ""),
        String.join(",", mails()));
  }

  private List<String> sql(String sql) throws Exception {
    Endpoint postgres = endpoints.of(StackServer.POSTGRES);
    try (PostgresSession session = PostgresSession.open(
        postgres.port(), postgres.user(), secret(postgres), Endpoints.DATABASE)) {
      return session.query(sql);
    }
  }

  private String redis(String command) throws Exception {
    Endpoint redis = endpoints.of(StackServer.REDIS);
    try (Socket socket = new Socket(redis.host(), redis.port())) {
      socket.getOutputStream().write(("AUTH " + secret(redis) + "\r\n").getBytes(UTF_8));
      socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(UTF_8));
      List<String> lines =
          new String(socket.getInputStream().readAllBytes(), UTF_8).lines().toList();
      return lines.get(lines.size() - 2);
    }
  }

  private void produce(String word) throws Exception {
    String brokers = endpoints.of(StackServer.KAFKA).address();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(
        Map.of("bootstrap.servers", brokers, "acks", "all"),
        new StringSerializer(),
        new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, word)).get();
    }
  }

  private List<String> consume() {
    String brokers = endpoints.of(StackServer.KAFKA).address();
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
        Map.of("bootstrap.servers", brokers), new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(TOPIC, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      List<String> words = new ArrayList<>();
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofSeconds(5))) {
          words.add(each.value());
        }
      }
      return words;
    }
  }

  private void mail(String word) throws IOException {
    Endpoint smtp = endpoints.of(StackServer.SMTP);
    try (Socket socket = new Socket(smtp.host(), smtp.port())) {
      String dialogue =
          "HELO test\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n"
              + "Subject: "
              + word
              + "\r\n\r\nhello\r\n.\r\nQUIT\r\n";
      socket.getOutputStream().write(dialogue.getBytes(UTF_8));
      byte[] unused = socket.getInputStream().readAllBytes();
    }
  }

  private List<String> mails() throws IOException {
    List<String> subjects = new ArrayList<>();
    try (Stream<Path> files = Files.list(endpoints.mailDirectory())) {
      for (Path file : files.sorted().toList()) {
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("Subject: "))
            .map(line -> line.substring("Subject: ".length()))
            .forEach(subjects::add);
      }
    }
    return subjects;
  }

  /** Signature version 4, path-style address, payload unsigned. */
  private String s3(String method, String path, String body) throws Exception {
    Endpoint s3 = endpoints.of(StackServer.S3);
    Instant now = Instant.now();
    String day =
        DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC).format(now);
    String time = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
        .withZone(ZoneOffset.UTC)
        .format(now);
    String scope = day + "/us-east-1/s3/aws4_request";
    String signed = "host;x-amz-content-sha256;x-amz-date";
    String canonical = String.join(
        "\n",
        method,
        path,
        "",
        "host:" + s3.address(),
        "x-amz-content-sha256:" + NOTHING,
        "x-amz-date:" + time,
        "",
        signed,
        NOTHING);
    String toSign = String.join("\n", "AWS4-HMAC-SHA256", time, scope, sha256(canonical));
    byte[] key = ("AWS4" + secret(s3)).getBytes(UTF_8);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + s3.address() + path))
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .header("x-amz-content-sha256", NOTHING)
        .header("x-amz-date", time)
        .header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential="
                + s3.user()
                + "/"
                + scope
                + ", SignedHeaders="
                + signed
                + ", Signature="
                + HexFormat.of().formatHex(hmac(key, toSign)))
        .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("S3 answered " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }

  private static byte[] hmac(byte[] key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }

  private static String secret(Endpoint endpoint) throws IOException {
    return Files.readString(endpoint.passwordFile()).strip();
  }
}
