package io.pacewire.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactsTest {
  private static final UUID ATHLETE = UUID.fromString("0190a000-0000-7000-8000-000000000001");

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -0.1})
  void aDistanceThatIsNone_isRefused_byName(double distanceM) {
    assertThatThrownBy(() -> figures(distanceM)).hasMessageContaining("distanceM out of range");
    assertThatThrownBy(() -> new GearWorn(ATHLETE, ATHLETE, ATHLETE, 1, distanceM))
        .hasMessageContaining("distanceM out of range");
  }

  @Test
  void revisionsBeginAtOne() {
    assertThatThrownBy(() -> new TrainingFinished(ATHLETE, ATHLETE, 0, true, figures(1)))
        .hasMessage("revision out of range: 0");
    assertThatThrownBy(() -> new TrainingDeleted(ATHLETE, ATHLETE, 0, "athlete"))
        .hasMessage("revision out of range: 0");
  }

  @Test
  void aTypeAndItsFact_belongTogether() {
    assertThat(EventTypes.typeOf(new TrainingFinished(ATHLETE, ATHLETE, 1, true, figures(1))))
        .isEqualTo("training.finished");
    assertThat(EventTypes.classOf("training.finished")).contains(TrainingFinished.class);
    assertThat(EventTypes.classOf("training.dreamt")).isEmpty();
    assertThatThrownBy(() -> EventTypes.typeOf(figures(1))).hasMessageContaining("no fact");
  }

  @Test
  void everyTopic_isVersioned_andNamedOnce() {
    List<String> topics = EventTopics.all();
    assertThat(topics)
        .doesNotHaveDuplicates()
        .allMatch(topic -> topic.matches("[a-z.]+\\.v[0-9]+"));
    assertThat(EventTopics.dead(EventTopics.TRAINING)).isEqualTo("training.v1.dead");
  }

  @Test
  void whatAnAthleteDoesNotSay_isNull_andTheRestIsChecked() {
    assertThat(new ParametersChanged(ATHLETE, 1, null, null, null, null, null, null, 1).sex())
        .isNull();
    assertThatThrownBy(() -> new ParametersChanged(ATHLETE, 1, 99, null, null, null, null, null, 1))
        .hasMessage("maxHeartRateBpm out of range: 99");
    assertThatThrownBy(
            () -> new ParametersChanged(ATHLETE, 1, null, null, null, Double.NaN, null, null, 1))
        .hasMessageContaining("weightKg");
    assertThatThrownBy(() -> new ParametersChanged(ATHLETE, 1, 110, 115, null, null, null, null, 1))
        .hasMessageContaining("restingHeartRateBpm");
    assertThatThrownBy(
            () -> new ParametersChanged(ATHLETE, 1, null, null, null, null, "other", null, 1))
        .hasMessageContaining("sex");
  }

  private static TrainingFigures figures(double distanceM) {
    return new TrainingFigures("run", 1, 2, "UTC", distanceM, 1, 1, 1, 0, 0, null, null, 1);
  }
}
