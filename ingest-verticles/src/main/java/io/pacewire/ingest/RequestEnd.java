package io.pacewire.ingest;

import java.util.ArrayList;
import java.util.List;

/**
 * The end of one request, answered or hung up on: what it took is given back then, once. Used from one
 * event loop.
 */
final class RequestEnd {
  private final List<Runnable> steps = new ArrayList<>();
  private boolean came;

  boolean hasCome() {
    return came;
  }

  /** To be done at the end; at once where that has come. */
  void then(Runnable step) {
    if (came) {
      step.run();
    } else {
      steps.add(step);
    }
  }

  /** More than once is once. */
  void come() {
    came = true;
    List<Runnable> due = List.copyOf(steps);
    steps.clear();
    due.forEach(Runnable::run);
  }
}
