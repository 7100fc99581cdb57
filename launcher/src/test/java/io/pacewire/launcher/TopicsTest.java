package io.pacewire.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.pacewire.events.EventTopics;
import io.pacewire.launcher.Topics.Topic;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopicsTest {
  private static final Path DOCUMENT = Path.of("../docs/distributed.md");
  private static final String HEAD =
      "| topic | partitions | `cleanup.policy` | `retention.ms` | `min.insync.replicas` | `max.message.bytes` | content |\n";
  private static final Pattern TOPIC = Pattern.compile("\"([a-z]+(?:\\.[a-z]+)*\\.v\\d+)\"");

  /** What an operator makes is what the embedded broker has; {@code -Dpacewire.docs.write=true} writes it. */
  @Test
  void everyTopic_isDocumented() throws IOException {
    StringBuilder table =
        new StringBuilder(HEAD).append("| --- | --- | --- | --- | --- | --- | --- |\n");
    for (Topic topic : Topics.ALL) {
      table.append("| `%s` | %d | `%s` | %d | 2 | %s | %s |\n"
          .formatted(
              topic.name(),
              topic.partitions(),
              topic.cleanupPolicy(),
              topic.retentionMs(),
              topic.maxMessageBytes() == 0 ? "" : Integer.toString(topic.maxMessageBytes()),
              topic.content()));
    }
    String document = Files.readString(DOCUMENT);
    if (Boolean.getBoolean("pacewire.docs.write")) {
      int from = document.indexOf(HEAD.substring(0, 9));
      document = document.substring(0, from)
          + table
          + document.substring(document.indexOf("\n\n", from) + 1);
      Files.writeString(DOCUMENT, document);
    }
    assertThat(document).contains("\n\n" + table + "\n");
  }

  @Test
  void everyTopicThatHasAName_isMade() throws Exception {
    List<String> wanted = new ArrayList<>();
    for (Field constant : EventTopics.class.getFields()) {
      String topic = (String) constant.get(null);
      wanted.add(topic);
      wanted.add(EventTopics.dead(topic));
    }
    assertThat(Topics.ALL).extracting(Topic::name).containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(EventTopics.all()).hasSize(wanted.size() / 2);
  }

  /** One that is named elsewhere would be missed above. */
  @Test
  void topics_areNamedInOnePlace() throws IOException {
    Set<String> elsewhere = new TreeSet<>();
    int seen = 0;
    for (Path file : sources()) {
      seen++;
      Matcher topic = TOPIC.matcher(Files.readString(file));
      while (topic.find()) {
        elsewhere.add(topic.group(1) + " in " + file.getFileName());
      }
    }
    assertThat(seen).isGreaterThan(100);
    assertThat(elsewhere)
        .containsExactlyInAnyOrderElementsOf(EventTopics.all().stream()
            .map(topic -> topic + " in EventTopics.java")
            .toList());
  }

  private static List<Path> sources() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String modules : List.of("..", "../domain-verticles")) {
      try (Stream<Path> list = Files.list(Path.of(modules))) {
        for (Path module : list.toList()) {
          Path sources = module.resolve("src/main/java");
          if (Files.isDirectory(sources)) {
            try (Stream<Path> all = Files.walk(sources)) {
              all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
          }
        }
      }
    }
    return files;
  }

  /** One consumer has partition n of both. */
  @Test
  void theLanes_areAlike() {
    List<Topic> lanes = Topics.ALL.stream()
        .filter(topic -> Set.of(EventTopics.TELEMETRY_LIVE, EventTopics.TELEMETRY_BACKFILL)
            .contains(topic.name()))
        .toList();
    assertThat(lanes).hasSize(2);
    assertThat(lanes.get(0).partitions()).isEqualTo(lanes.get(1).partitions());
  }
}
