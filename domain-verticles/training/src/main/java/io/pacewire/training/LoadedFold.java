package io.pacewire.training;

import java.util.List;

/**
 * A fold as its checkpoint says, and what is stored behind it.
 *
 * @param tail the first chunks that it has not taken
 * @param whole whether there are no more of them
 */
record LoadedFold(WriterFold fold, List<Chunk> tail, boolean whole) {}
