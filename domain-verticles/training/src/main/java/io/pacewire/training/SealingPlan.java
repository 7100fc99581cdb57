package io.pacewire.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which of a writer's chunks are sealed together: those that follow on each other without a hole, up
 * to a size, all of them samples or all tombstones of one reason. What is sealed already is taken
 * along where it is small and something new stands beside it, so that late batches do not leave
 * splinters for ever. Pure.
 */
final class SealingPlan {
  /** Before packing. More would pack no better, and costs more where one batch is looked for. */
  static final int TARGET_BYTES = 256 * 1024;

  /**
   * A chunk, or what was sealed together earlier.
   *
   * @param bytes before packing, about
   */
  record Piece(
      int fromSeq,
      int toSeq,
      int bytes,
      boolean sealed,
      @Nullable String reason) {}

  /** To be sealed together, in place of the pieces. */
  record Stretch(List<Piece> pieces) {
    int fromSeq() {
      return pieces.get(0).fromSeq();
    }

    int toSeq() {
      return pieces.get(pieces.size() - 1).toSeq();
    }

    @Nullable
    String reason() {
      return pieces.get(0).reason();
    }

    boolean isNew() {
      return pieces.stream().anyMatch(piece -> !piece.sealed());
    }

    List<Integer> sealedBefore() {
      return pieces.stream().filter(Piece::sealed).map(Piece::fromSeq).toList();
    }
  }

  private SealingPlan() {}

  /** @param pieces by ascending number; a chunk that was sealed and is still there stands behind what it is sealed in */
  static List<Stretch> of(List<Piece> pieces) {
    List<Stretch> stretches = new ArrayList<>();
    List<Piece> open = new ArrayList<>();
    long bytes = 0;
    int until = -1;
    for (Piece piece : pieces) {
      if (piece.toSeq() <= until) {
        continue;
      }
      boolean fits = !open.isEmpty()
          && piece.fromSeq() == until + 1
          && bytes + piece.bytes() <= TARGET_BYTES
          && Objects.equals(piece.reason(), open.get(0).reason());
      if (!fits) {
        close(open, stretches);
        open = new ArrayList<>();
        bytes = 0;
      }
      open.add(piece);
      bytes += piece.bytes();
      until = piece.toSeq();
    }
    close(open, stretches);
    return stretches;
  }

  private static void close(List<Piece> open, List<Stretch> stretches) {
    Stretch stretch = new Stretch(List.copyOf(open));
    if (!open.isEmpty() && stretch.isNew()) {
      stretches.add(stretch);
    }
  }
}
