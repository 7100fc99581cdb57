package io.pacewire.track.geo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;

/**
 * Which segments pass a place, out of many: two STR trees (Leutenegger and others, STR: a simple and
 * efficient algorithm for R-tree packing, 1997), one of the boxes of short pieces, one of the starts.
 * Some 150 bytes a piece of 200 m and 32 a vertex. Immutable, safe for use by several threads.
 */
public final class SegmentIndex {
  /** In one index. */
  public static final int MOST_SEGMENTS = 1_000_000;

  /** In a piece at most. */
  private static final int PIECE_EDGES = 16;

  private static final int SOME = 64;

  private final List<Segment> segments;
  private final BoxTree pieces = new BoxTree();
  private final BoxTree starts = new BoxTree();

  private SegmentIndex(List<Segment> segments) {
    this.segments = segments;
    for (int ordinal = 0; ordinal < segments.size(); ordinal++) {
      insert(ordinal, segments.get(ordinal));
    }
    pieces.build();
    starts.build();
  }

  /** At most 1,000,000 segments, no id twice. */
  public static SegmentIndex of(List<Segment> segments) {
    Ranges.within("segments", segments.size(), 0, MOST_SEGMENTS);
    Set<String> ids = new HashSet<>();
    for (Segment segment : segments) {
      if (!ids.add(segment.id())) {
        throw new IllegalArgumentException("id must not be given twice, was " + segment.id());
      }
    }
    return new SegmentIndex(List.copyOf(segments));
  }

  /** How many segments it holds. */
  public int size() {
    return segments.size();
  }

  /** By its number in the list the index was made of. */
  public Segment segment(int ordinal) {
    return segments.get(ordinal);
  }

  /**
   * Writes the numbers of the segments that pass a place within their tolerance, each once, in no
   * order. Stops when the array is full: who gets as many as fit may have missed some.
   *
   * @return how many there are
   */
  public int near(Position place, int[] into) {
    NearVisitor found = new NearVisitor(place, into);
    Envelope box = DegreeBox.of(place);
    pieces.query(box, found);
    return found.count;
  }

  /** The same as a list, at most 1,000 segments. */
  public List<Segment> near(Position place) {
    int[] ordinals = new int[1_000];
    int count = near(place, ordinals);
    List<Segment> near = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      near.add(segments.get(ordinals[i]));
    }
    return near;
  }

  /**
   * Numbers of segments that start near the way between two places, perhaps twice or not quite, for
   * as long as the visitor wants more.
   */
  void startsAlong(Position from, Position to, IntPredicate visitor) {
    Envelope box = DegreeBox.of(from);
    DegreeBox.include(box, to);
    DegreeBox.widen(box, 0);
    starts.query(box, item -> visitor.test((Integer) item));
  }

  private void insert(int ordinal, Segment segment) {
    SegmentLine line = segment.line();
    Envelope start = DegreeBox.of(line.vertex(0));
    DegreeBox.widen(start, segment.toleranceM());
    starts.insert(start, ordinal);
    int first = 0;
    while (first < line.edges()) {
      int end = pieceEnd(line, first);
      Envelope box = DegreeBox.of(line.vertex(first));
      for (int vertex = first + 1; vertex <= end; vertex++) {
        DegreeBox.include(box, line.vertex(vertex));
      }
      DegreeBox.widen(box, segment.toleranceM());
      pieces.insert(box, new Piece(ordinal, first, end));
      first = end;
    }
  }

  private static int pieceEnd(SegmentLine line, int first) {
    int end = first + 1;
    while (end < line.edges()
        && end - first < PIECE_EDGES
        && line.alongM(end + 1) - line.alongM(first) <= Segment.LONGEST_EDGE_M) {
      end++;
    }
    return end;
  }

  /** Some edges of a segment. */
  private static final class Piece {
    final int ordinal;
    final int firstEdge;
    final int endEdge;

    Piece(int ordinal, int firstEdge, int endEdge) {
      this.ordinal = ordinal;
      this.firstEdge = firstEdge;
      this.endEdge = endEdge;
    }
  }

  private final class NearVisitor implements BoxTree.Visitor {
    private final Position place;
    private final int[] into;
    private @Nullable Set<Integer> found;
    private int count;

    NearVisitor(Position place, int[] into) {
      this.place = place;
      this.into = into;
    }

    @Override
    public boolean visit(Object item) {
      Piece piece = (Piece) item;
      if (count < into.length && !isFound(piece.ordinal)) {
        Segment segment = segments.get(piece.ordinal);
        if (segment.line().passes(place, piece.firstEdge, piece.endEdge, segment.toleranceM())) {
          into[count++] = piece.ordinal;
          if (found != null) {
            found.add(piece.ordinal);
          }
        }
      }
      return count < into.length;
    }

    /** Some are soonest looked through; of many, each would be compared with each. */
    private boolean isFound(int ordinal) {
      if (count >= SOME) {
        Set<Integer> set = found == null ? allFound() : found;
        found = set;
        return set.contains(ordinal);
      }
      for (int i = 0; i < count; i++) {
        if (into[i] == ordinal) {
          return true;
        }
      }
      return false;
    }

    private Set<Integer> allFound() {
      Set<Integer> set = new HashSet<>();
      for (int i = 0; i < count; i++) {
        set.add(into[i]);
      }
      return set;
    }
  }
}
