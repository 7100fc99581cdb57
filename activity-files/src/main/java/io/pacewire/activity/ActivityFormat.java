package io.pacewire.activity;

/** The kinds of file that are read. */
public enum ActivityFormat {
  GPX,
  TCX,
  FIT
}
