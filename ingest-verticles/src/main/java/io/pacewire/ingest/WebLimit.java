package io.pacewire.ingest;

import io.pacewire.platform.web.Problem;
import io.pacewire.platform.web.ProblemException;

/** What may speak against a request at the web doors, as metrics say it. */
enum WebLimit {
  DEVICE_REQUESTS("deviceRequests"),
  ATHLETE_REQUESTS("athleteRequests"),
  ATHLETE_BYTES("athleteBytes"),
  NODE_BYTES("nodeBytes"),
  SLOW_BODY("slowBody");

  private static final int LATER_S = 1;

  private final String tag;

  WebLimit(String tag) {
    this.tag = tag;
  }

  String tag() {
    return tag;
  }

  /** Each of them passes: what was sent may be sent again. */
  ProblemException refusal() {
    return new ProblemException(
        switch (this) {
          case DEVICE_REQUESTS ->
            Problem.tooManyRequests(
                "at most " + HeldBodies.MOST_A_DEVICE + " requests of a device at once", LATER_S);
          case ATHLETE_REQUESTS ->
            Problem.tooManyRequests(
                "at most " + HeldBodies.MOST_AN_ATHLETE + " requests of an athlete at once",
                LATER_S);
          case ATHLETE_BYTES ->
            Problem.tooManyRequests("too much of this athlete is under way", LATER_S);
          case NODE_BYTES -> Problem.unavailable("too many requests are under way");
          case SLOW_BODY ->
            Problem.of(
                408,
                "request-timeout",
                "The request did not come in time",
                "the body came too slowly");
        });
  }
}
