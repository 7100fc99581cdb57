package io.pacewire.training;

/** One sequence of batches: what one program recorded for a session. */
record WriterKey(SessionKey session, int writer) {}
