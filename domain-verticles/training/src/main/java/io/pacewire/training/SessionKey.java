package io.pacewire.training;

import java.util.UUID;

/**
 * Identity of a recording: the athlete is part of it, so another athlete's batch with the same
 * session id is another session and there is no ownership to race for.
 */
record SessionKey(UUID athleteId, UUID sessionId) {}
