package io.pacewire.ingest;

/** What is made of a batch that comes: which topic it goes to, and whose quota it pays. */
enum Lane {
  LIVE,
  /** Live by its device's word, for which too little speaks yet: it pays as backlog. */
  DOUBTED,
  BACKLOG
}
