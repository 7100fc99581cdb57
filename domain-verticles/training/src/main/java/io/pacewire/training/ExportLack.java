package io.pacewire.training;

import java.util.Set;
import java.util.stream.Collectors;

/** What a training's file does not have of the training. */
enum ExportLack {
  /** Of a part nothing is there any more. */
  PART_GONE("part-gone"),

  /** Batches never came, could not be read, or are there no more. */
  GAPS("gaps");

  static final String HEADER = "Pacewire-Incomplete";

  private final String word;

  ExportLack(String word) {
    this.word = word;
  }

  static String words(Set<ExportLack> lacks) {
    return lacks.stream().sorted().map(one -> one.word).collect(Collectors.joining(", "));
  }
}
