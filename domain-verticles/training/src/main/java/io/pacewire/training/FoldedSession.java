package io.pacewire.training;

import io.pacewire.track.Combination;
import io.pacewire.track.Figures;
import io.pacewire.track.Verdict;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What all chunks of a session come to.
 *
 * @param complete everybody who was started was finished, and nothing was missing or refused
 * @param missing what was not there, by writer
 * @param who says what; null where there is one writer
 * @param writerOf whose fix a verdict is on
 */
record FoldedSession(
    Figures figures,
    CollectedTrack track,
    boolean complete,
    List<MissingBatches> missing,
    @Nullable Combination who,
    ToIntFunction<Verdict> writerOf) {}
