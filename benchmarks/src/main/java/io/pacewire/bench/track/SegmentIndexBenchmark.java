package io.pacewire.bench.track;

import io.pacewire.track.geo.LocalPlane;
import io.pacewire.track.geo.Position;
import io.pacewire.track.geo.Segment;
import io.pacewire.track.geo.SegmentIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A metropolitan region of 60 by 60 km full of segments of one to two kilometres. Time a fix. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SegmentIndexBenchmark {
  private static final double REGION_M = 60_000;
  private static final int VERTICES = 30;
  private static final int PLACES = 1 << 12;
  private static final int MOST = 64;

  @Param("100000")
  int segments;

  private SegmentIndex index = SegmentIndex.of(List.of());
  private final Position[] places = new Position[PLACES];
  private final int[] found = new int[MOST];
  private int turn;

  @Setup
  public void build() {
    Random chance = new Random(1);
    LocalPlane plane = LocalPlane.at(Position.of(52.5, 13.4));
    List<Segment> all = new ArrayList<>(segments);
    for (int i = 0; i < segments; i++) {
      double east = REGION_M * (chance.nextDouble() - 0.5);
      double north = REGION_M * (chance.nextDouble() - 0.5);
      double heading = 2 * Math.PI * chance.nextDouble();
      List<Position> line = new ArrayList<>(VERTICES);
      for (int vertex = 0; vertex < VERTICES; vertex++) {
        line.add(plane.position(east, north));
        heading += 0.3 * chance.nextGaussian();
        double stride = 35 + 35 * chance.nextDouble();
        east += stride * Math.cos(heading);
        north += stride * Math.sin(heading);
      }
      all.add(Segment.of("s" + i, 20, line));
    }
    index = SegmentIndex.of(all);
    for (int i = 0; i < PLACES; i++) {
      places[i] = plane.position(
          REGION_M * (chance.nextDouble() - 0.5), REGION_M * (chance.nextDouble() - 0.5));
    }
  }

  @Benchmark
  public int near() {
    turn = (turn + 1) & (PLACES - 1);
    return index.near(places[turn], found);
  }
}
