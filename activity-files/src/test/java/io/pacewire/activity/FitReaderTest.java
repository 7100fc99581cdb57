package io.pacewire.activity;

import static io.pacewire.activity.FitBytes.BYTE;
import static io.pacewire.activity.FitBytes.ENUM;
import static io.pacewire.activity.FitBytes.FLOAT32;
import static io.pacewire.activity.FitBytes.SINT32;
import static io.pacewire.activity.FitBytes.SINT8;
import static io.pacewire.activity.FitBytes.START;
import static io.pacewire.activity.FitBytes.START_MS;
import static io.pacewire.activity.FitBytes.STRING;
import static io.pacewire.activity.FitBytes.TIMESTAMP;
import static io.pacewire.activity.FitBytes.UINT16;
import static io.pacewire.activity.FitBytes.UINT32;
import static io.pacewire.activity.FitBytes.UINT8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pacewire.activity.ActivityWarning.Kind;
import io.pacewire.activity.RecordedActivity.TimerAction;
import io.pacewire.activity.RecordedActivity.TimerEvent;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FitReaderTest {
  private static final int[][] FULL_RECORD = {
    {TIMESTAMP, 4, UINT32},
    {0, 4, SINT32},
    {1, 4, SINT32},
    {2, 2, UINT16},
    {3, 1, UINT8},
    {4, 1, UINT8},
    {7, 2, UINT16},
    {6, 2, UINT16},
    {13, 1, SINT8},
    {5, 4, UINT32},
    {31, 1, UINT8},
    {91, 4, UINT32}
  };
  private static final int[][] SHORT_RECORD = {{TIMESTAMP, 4, UINT32}, {3, 1, UINT8}};
  private static final int[][] TIMER_EVENT = {{TIMESTAMP, 4, UINT32}, {0, 1, ENUM}, {1, 1, ENUM}};
  private static final int EIGHTH_TURN = 1 << 29; // 45 degrees

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRecord_isRead_inBothByteOrders(boolean bigEndian) {
    byte[] file = FitBytes.activity()
        .define(0, 20, bigEndian, FULL_RECORD)
        .write(
            0,
            START,
            EIGHTH_TURN,
            -EIGHTH_TURN,
            3_000,
            150,
            90,
            250,
            3_500,
            -5,
            123_456,
            4,
            101_325)
        .file();

    ActivitySample sample = Reading.one(file).samples().get(0);

    assertThat(sample)
        .isEqualTo(new ActivitySample(
            START_MS, 45, -45, 100, 4, 150, 90, 250, 3.5, -5, 101_325, 1_234.56));
    assertThat(Reading.one(file).warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void invalidValues_areNotMeasured(boolean bigEndian) {
    byte[] file = FitBytes.activity()
        .define(0, 20, bigEndian, FULL_RECORD)
        .write(
            0,
            START,
            0x7FFF_FFFF,
            0x7FFF_FFFF,
            0xFFFF,
            0xFF,
            0xFF,
            0xFFFF,
            0xFFFF,
            0x7F,
            -1,
            0xFF,
            -1)
        .file();

    ActivitySample sample = Reading.one(file).samples().get(0);

    double none = Double.NaN;
    assertThat(sample)
        .isEqualTo(new ActivitySample(
            START_MS, none, none, none, none, -1, none, -1, none, none, none, none));
    assertThat(sample.hasPosition()).isFalse();
  }

  @Test
  void enhancedFields_winOverTheNarrowOnes() {
    byte[] file = FitBytes.activity()
        .define(0, 20, false, new int[][] {
          {TIMESTAMP, 4, UINT32}, {2, 2, UINT16}, {78, 4, UINT32}, {6, 2, UINT16}, {73, 4, UINT32}
        })
        .write(0, START, 3_000, 45_500, 1_000, 70_000)
        .write(0, START + 1, 3_000, -1, 1_000, -1)
        .file();

    List<ActivitySample> samples = Reading.one(file).samples();

    assertThat(samples.get(0).altitudeM()).isEqualTo(8_600);
    assertThat(samples.get(0).speedMps()).isEqualTo(70);
    assertThat(samples.get(1).altitudeM()).isEqualTo(100);
    assertThat(samples.get(1).speedMps()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "121, 1, WHEEL", // speed and cadence, ANT+
    "123, 1, WHEEL",
    "123, -1, WHEEL", // before there were sources
    "121, 3, WHEEL", // a maker that writes ANT+ numbers for Bluetooth
    "3, 3, WHEEL",
    "4, 3, WHEEL",
    "124, 1, FOOT",
    "6, 3, FOOT",
    "122, 1,", // cadence alone
    "11, 1,", // power: of a hub or of pedals
    "4, 5,", // the barometer within
    "3, 5,",
    "6, 1,",
    "124, 0,"
  })
  void aSpeedSensor_isTold_byTypeAndSource(int type, int source, @Nullable SpeedSensor sensor) {
    byte[] file = FitBytes.activity()
        .define(0, 20, false, SHORT_RECORD)
        .write(0, START, 100)
        .define(1, 23, false, new int[][] {{0, 1, UINT8}, {1, 1, UINT8}, {25, 1, ENUM}})
        .write(1, 3, type, source)
        .write(1, 3, type, source)
        .file();

    assertThat(Reading.speedSensors(file)).isEqualTo(sensor == null ? List.of() : List.of(sensor));
  }

  @Test
  void compressedTimes_buildOnTheNewestTime_andRollOver() {
    byte[] file = FitBytes.activity()
        .define(0, 20, false, SHORT_RECORD)
        .define(1, 20, false, new int[][] {{3, 1, UINT8}})
        .write(0, START + 28, 100)
        .writeCompressed(1, 30, 101)
        .writeCompressed(1, 3, 102)
        .writeCompressed(1, 3, 103)
        .writeCompressed(1, 2, 104)
        .file();

    assertThat(Reading.one(file).samples())
        .extracting(sample -> sample.atEpochMs() - START_MS)
        .containsExactly(28_000L, 30_000L, 35_000L, 35_000L, 66_000L);
  }

  @Test
  void aLocalNumber_canBeDefinedAgain() {
    byte[] file = FitBytes.activity()
        .define(0, 20, false, SHORT_RECORD)
        .write(0, START, 100)
        .define(0, 20, true, new int[][] {{3, 1, UINT8}, {TIMESTAMP, 4, UINT32}, {7, 2, UINT16}})
        .write(0, 101, START + 1, 300)
        .file();

    List<ActivitySample> samples = Reading.one(file).samples();

    assertThat(samples.get(1).atEpochMs()).isEqualTo(START_MS + 1_000);
    assertThat(samples.get(1).heartRateBpm()).isEqualTo(101);
    assertThat(samples.get(1).powerW()).isEqualTo(300);
  }

  @Test
  void developerFields_arePassedOver_unlessTheyStandInForACommonOne() {
    byte[] file = FitBytes.activity()
        .define(1, 206, false, new int[][] {
          {0, 1, UINT8},
          {1, 1, UINT8},
          {2, 1, UINT8},
          {3, 6, STRING},
          {14, 2, UINT16},
          {15, 1, UINT8}
        })
        .raw(1, 0, 7, UINT16)
        .text("Power", 6)
        .raw(20, 0, 7)
        .raw(1, 0, 8, FLOAT32)
        .text("Lean", 6)
        .raw(0xFF, 0xFF, 0xFF)
        .define(0, 20, false, SHORT_RECORD, new int[][] {{8, 4, 0}, {7, 2, 0}, {99, 3, 5}})
        .write(0, START, 150, 0x3F80_0000, 275, 0)
        .write(0, START + 1, 151, 0x3F80_0000, 0xFFFF, 0)
        .file();

    List<ActivitySample> samples = Reading.one(file).samples();

    assertThat(samples.get(0).powerW()).isEqualTo(275);
    assertThat(samples.get(0).heartRateBpm()).isEqualTo(150);
    assertThat(samples.get(1).powerW()).isEqualTo(-1);
  }

  @Test
  void aFieldOfAnImpossibleSize_isNotMeasured_andTheNextIsRead() {
    byte[] file = FitBytes.activity()
        .define(0, 20, false, new int[][] {{TIMESTAMP, 4, UINT32}, {7, 3, UINT16}, {3, 1, UINT8}})
        .write(0, START, 0x112233, 140)
        .file();

    ActivitySample sample = Reading.one(file).samples().get(0);

    assertThat(sample.powerW()).isEqualTo(-1);
    assertThat(sample.heartRateBpm()).isEqualTo(140);
  }

  @Test
  void theTimer_followsItsEvents_notTheRecordsNextToThem() {
    byte[] file = FitBytes.activity()
        .define(0, 20, false, SHORT_RECORD)
        .define(1, 21, false, TIMER_EVENT)
        .write(0, START - 900, 100) // an old device's first record
        .write(1, START, 0, 0)
        .write(0, START + 1, 100)
        .write(1, START + 10, 0, 1)
        .write(1, START + 10, 0, 4) // stopped already
        .write(0, START + 15, 100)
        .write(1, START + 20, 0, 0)
        .write(1, START + 21, 0, 0) // runs already
        .write(1, START + 25, 9, 1) // not the timer's
        .write(0, START + 30, 100)
        .write(1, START + 40, 0, 4)
        .file();

    assertThat(Reading.one(file).timerEvents())
        .containsExactly(
            new TimerEvent(TimerAction.START, START_MS),
            new TimerEvent(TimerAction.PAUSE, START_MS + 10_000),
            new TimerEvent(TimerAction.RESUME, START_MS + 20_000),
            new TimerEvent(TimerAction.PAUSE, START_MS + 40_000));
  }

  @Test
  void lapsSessionsBeatsAndLocalTime_areTold() {
    byte[] file = FitBytes.activity()
        .define(0, 20, false, SHORT_RECORD)
        .define(1, 19, false, new int[][] {
          {TIMESTAMP, 4, UINT32},
          {2, 4, UINT32},
          {7, 4, UINT32},
          {8, 4, UINT32},
          {9, 4, UINT32},
          {21, 2, UINT16},
          {24, 1, ENUM}
        })
        .define(2, 18, false, new int[][] {
          {TIMESTAMP, 4, UINT32},
          {2, 4, UINT32},
          {5, 1, ENUM},
          {6, 1, ENUM},
          {7, 4, UINT32},
          {8, 4, UINT32},
          {9, 4, UINT32},
          {22, 2, UINT16}
        })
        .define(3, 78, false, new int[][] {{0, 6, UINT16}})
        .define(4, 34, false, new int[][] {{TIMESTAMP, 4, UINT32}, {5, 4, UINT32}})
        .write(0, START, 100)
        .raw(3, 0x20, 0x03, 0x84, 0x03, 0xFF, 0xFF) // 800, 900, none
        .write(1, START + 100, START, 60_000, 50_000, 20_000, 7, 2)
        .write(2, START + 100, START, 1, 3, 60_000, 50_000, 20_000, 7)
        .write(2, START + 101, START + 60, 2, 7, 40_000, 40_000, 30_000, 3)
        .write(4, START + 100, START + 100 + 19_800)
        .file();

    RecordedActivity read = Reading.one(file);

    DeviceTotals ofLap = new DeviceTotals(200, 50, 60, Double.NaN, 7, Double.NaN);
    assertThat(read.deviceLaps())
        .containsExactly(new DeviceLap(START_MS, START_MS + 60_000, "distance", ofLap));
    assertThat(read.legs())
        .extracting(ActivityLeg::nativeSport)
        .containsExactly("running/trail", "cycling/road");
    assertThat(read.sport()).isEqualTo("trail-run");
    assertThat(read.deviceTotals())
        .isEqualTo(new DeviceTotals(500, 90, 100, Double.NaN, 10, Double.NaN));
    assertThat(read.beats().get(0).rrMs()).containsExactly(800, 900);
    assertThat(read.utcOffsetS()).isEqualTo(19_800);
    assertThat(read.deviceName()).isEqualTo("Garmin Forerunner 945");
  }

  @Test
  void aLap_endsWhereItWasWritten_unlessThatWasLater() {
    byte[] file = FitBytes.activity()
        .define(0, 20, false, SHORT_RECORD)
        .write(0, START, 100)
        .define(1, 19, false, new int[][] {{TIMESTAMP, 4, UINT32}, {2, 4, UINT32}, {7, 4, UINT32}})
        .write(1, START + 60, START, 61_900)
        .write(1, START + 121, START + 60, 59_100)
        .write(1, START + 900, START + 121, 60_000)
        .file();

    assertThat(Reading.one(file).deviceLaps())
        .extracting(lap -> lap.endAtEpochMs() - START_MS)
        .containsExactly(60_000L, 121_000L, 181_000L);
  }

  @Test
  void compactSpeedAndDistance_wrapAround() {
    byte[] file = FitBytes.activity()
        .define(0, 20, false, new int[][] {{TIMESTAMP, 4, UINT32}, {8, 3, BYTE}})
        .write(0, START, 300 | (4_000 << 12))
        .write(0, START + 1, 300 | (10 << 12))
        .file();

    List<ActivitySample> samples = Reading.one(file).samples();

    assertThat(samples.get(0).speedMps()).isEqualTo(3);
    assertThat(samples.get(1).deviceDistanceM() - samples.get(0).deviceDistanceM())
        .isCloseTo(106 / 16.0, within(1e-9));
  }

  @Test
  void chainedFiles_areActivitiesOfTheirOwn_unlessTheyGoOnWithTheOneBefore() {
    byte[] first = FitBytes.activity()
        .define(0, 20, false, SHORT_RECORD)
        .write(0, START, 100)
        .file();
    byte[] keptByTheStrap = new FitBytes()
        .define(0, 132, false, new int[][] {
          {TIMESTAMP, 4, UINT32}, {0, 2, UINT16}, {6, 1, UINT8}, {9, 4, UINT32}
        })
        .write(0, START + 1, 16_384, 120, 10_240)
        .define(1, 132, false, new int[][] {{6, 2, UINT8}, {10, 3, BYTE}})
        .raw(1, 121, 122, 0x00, 0x0C, 0xC0) // ticks 0xC00 and 0xC00 once around
        .file();
    byte[] settings = new FitBytes()
        .define(0, 0, false, new int[][] {{0, 1, ENUM}})
        .write(0, 2)
        .file();
    byte[] second = FitBytes.activity()
        .define(0, 20, false, SHORT_RECORD)
        .write(0, START + 9, 90)
        .file();

    List<RecordedActivity> read = Reading.all(joined(first, keptByTheStrap, settings, second));

    assertThat(read).hasSize(2);
    assertThat(read.get(0).samples())
        .extracting(sample -> sample.atEpochMs() - START_MS)
        .containsExactly(0L, 1_500L, 2_500L, 2_500L);
    assertThat(read.get(0).samples())
        .extracting(ActivitySample::heartRateBpm)
        .containsExactly(100, 120, 121, 122);
    assertThat(Reading.warnings(read.get(0))).containsExactly(Kind.NOT_AN_ACTIVITY);
    assertThat(read.get(1).samples()).hasSize(1);
  }

  @Test
  void wrongChecksums_areToldOnly() {
    byte[] ofHeader = simple().file();
    ofHeader[12] ^= 1;
    byte[] ofFile = simple().file();
    ofFile[ofFile.length - 1] ^= 1;

    assertThat(Reading.warnings(Reading.one(ofHeader))).contains(Kind.CHECKSUM_WRONG);
    assertThat(Reading.warnings(Reading.one(ofFile))).containsExactly(Kind.CHECKSUM_WRONG);
    assertThat(Reading.one(simple().file(12, simple().file().length - 16)).warnings())
        .isEmpty();
  }

  @Test
  void aFileThatBreaksOff_givesWhatCameBefore() {
    byte[] whole = simple().file();
    byte[] cut = Arrays.copyOf(whole, whole.length - 4);

    RecordedActivity read = Reading.one(cut);

    assertThat(read.samples()).hasSize(1);
    assertThat(Reading.warnings(read)).containsExactly(Kind.BROKEN_OFF);
    assertThatThrownBy(() -> Reading.one(Arrays.copyOf(whole, 30)))
        .isInstanceOf(MalformedActivityException.class)
        .hasMessageContaining("byte 30");
  }

  @Test
  void lyingLengths_costNothing() {
    byte[] huge = simple().file(14, 0xFFFF_FFF0L);
    byte[] zero = simple().file(14, 0);
    byte[] tooShort = simple().file(14, simple().file().length - 19);

    assertThat(Reading.one(huge).samples()).hasSize(2);
    assertThat(Reading.one(zero).samples()).hasSize(2);
    assertThat(Reading.warnings(Reading.one(zero))).contains(Kind.LENGTH_WRONG);
    assertThat(Reading.warnings(Reading.one(tooShort))).contains(Kind.LENGTH_WRONG);
  }

  @Test
  void whatFollowsTheEnd_isTold() {
    RecordedActivity read = Reading.one(joined(simple().file(), new byte[] {0, 0, 0}));

    assertThat(Reading.warnings(read)).containsExactly(Kind.TRAILING_BYTES);
  }

  @Test
  void samplesOutOfOrderOrTwice_arePassedOnAndCounted() {
    byte[] file = FitBytes.activity()
        .define(0, 20, false, SHORT_RECORD)
        .write(0, START + 5, 100)
        .write(0, START + 5, 101)
        .write(0, START + 2, 102)
        .write(0, START + 2, 103)
        .file();

    RecordedActivity read = Reading.one(file);

    assertThat(read.samples()).hasSize(4);
    assertThat(read.warnings())
        .extracting(ActivityWarning::kind, ActivityWarning::count)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(Kind.REPEATED_TIME, 2L),
            org.assertj.core.groups.Tuple.tuple(Kind.OUT_OF_ORDER, 1L));
  }

  @Test
  void aCourse_isNoActivity() {
    byte[] course = new FitBytes()
        .define(0, 0, false, new int[][] {{0, 1, ENUM}})
        .write(0, 6)
        .file();

    assertThatThrownBy(() -> Reading.one(course))
        .isInstanceOf(MalformedActivityException.class)
        .hasMessageContaining("type [6]");
  }

  private static FitBytes simple() {
    return FitBytes.activity()
        .define(0, 20, false, SHORT_RECORD)
        .write(0, START, 100)
        .write(0, START + 1, 101);
  }

  private static byte[] joined(byte[]... files) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] file : files) {
      all.writeBytes(file);
    }
    return all.toByteArray();
  }
}
