package io.pacewire.track.geo;

import java.util.Arrays;
import java.util.List;

/**
 * The vertices of a segment as metres from the Earth's centre, with the way to each; no two in a row are
 * the same. Immutable.
 */
final class SegmentLine {
  /**
   * Where a line passes a place several times, a metre off the expected way counts as so many beside
   * the line.
   */
  private static final double SURPRISE_WEIGHT = 0.1;

  private final double[] xyzM;
  private final double[] alongM;

  private SegmentLine(double[] xyzM, double[] alongM) {
    this.xyzM = xyzM;
    this.alongM = alongM;
  }

  static SegmentLine of(List<Position> vertices) {
    double[] xyz = new double[3 * vertices.size()];
    double[] along = new double[vertices.size()];
    for (int i = 0; i < vertices.size(); i++) {
      Position vertex = vertices.get(i);
      xyz[3 * i] = vertex.xM();
      xyz[3 * i + 1] = vertex.yM();
      xyz[3 * i + 2] = vertex.zM();
      along[i] = i == 0 ? 0 : along[i - 1] + vertex.chordM(vertices.get(i - 1));
    }
    return new SegmentLine(xyz, along);
  }

  double lengthM() {
    return alongM[alongM.length - 1];
  }

  /** From the first vertex to the one that is farthest from it. */
  double reachM() {
    Position first = vertex(0);
    double reach = 0;
    for (int i = 1; i < alongM.length; i++) {
      reach = Math.max(reach, vertex(i).chordM(first));
    }
    return reach;
  }

  int edges() {
    return alongM.length - 1;
  }

  /** The way from the start to a vertex. */
  double alongM(int vertex) {
    return alongM[vertex];
  }

  Position at(double metres) {
    int edge = edgeAt(metres);
    double share = (metres - alongM[edge]) / (alongM[edge + 1] - alongM[edge]);
    return vertex(edge).towards(vertex(edge + 1), share);
  }

  Position vertex(int index) {
    return Position.near(xyzM[3 * index], xyzM[3 * index + 1], xyzM[3 * index + 2]);
  }

  /** Whether a place is within some metres of an edge from one to before another. */
  boolean passes(Position place, int firstEdge, int endEdge, double metres) {
    for (int edge = firstEdge; edge < endEdge; edge++) {
      if (squaredM2(place, edge, share(place, edge)) <= metres * metres) {
        return true;
      }
    }
    return false;
  }

  /**
   * The way along the line to the place of it that fits best: near, and about where it is expected.
   * NaN where nothing of the given part is within the tolerance.
   */
  double fitM(Position place, double fromM, double toM, double expectedM, double toleranceM) {
    double best = Double.POSITIVE_INFINITY;
    double found = Double.NaN;
    for (int edge = edgeAt(fromM); edge < edges() && alongM[edge] <= toM; edge++) {
      double share = share(place, edge);
      double squared = squaredM2(place, edge, share);
      double along = alongM[edge] + share * (alongM[edge + 1] - alongM[edge]);
      double surprise = SURPRISE_WEIGHT * (along - expectedM);
      double misfit = squared + surprise * surprise;
      if (squared <= toleranceM * toleranceM && misfit < best) {
        best = misfit;
        found = along;
      }
    }
    return found;
  }

  private int edgeAt(double metres) {
    int found = Arrays.binarySearch(alongM, metres);
    int edge = found >= 0 ? found : -found - 2;
    return Math.max(0, Math.min(edges() - 1, edge));
  }

  private double share(Position place, int edge) {
    int i = 3 * edge;
    double x = xyzM[i + 3] - xyzM[i];
    double y = xyzM[i + 4] - xyzM[i + 1];
    double z = xyzM[i + 5] - xyzM[i + 2];
    double along = (place.xM() - xyzM[i]) * x
        + (place.yM() - xyzM[i + 1]) * y
        + (place.zM() - xyzM[i + 2]) * z;
    return Math.max(0, Math.min(1, along / (x * x + y * y + z * z)));
  }

  private double squaredM2(Position place, int edge, double share) {
    int i = 3 * edge;
    double x = place.xM() - xyzM[i] - share * (xyzM[i + 3] - xyzM[i]);
    double y = place.yM() - xyzM[i + 1] - share * (xyzM[i + 4] - xyzM[i + 1]);
    double z = place.zM() - xyzM[i + 2] - share * (xyzM[i + 5] - xyzM[i + 2]);
    return x * x + y * y + z * z;
  }
}
