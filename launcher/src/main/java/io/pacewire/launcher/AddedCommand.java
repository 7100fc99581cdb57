package io.pacewire.launcher;

import java.util.concurrent.Callable;

/**
 * A command that another module adds to the command line, found by {@link java.util.ServiceLoader}.
 * Its class carries picocli's {@code @Command}; what {@code call} returns is the exit status.
 */
public interface AddedCommand extends Callable<Integer> {}
