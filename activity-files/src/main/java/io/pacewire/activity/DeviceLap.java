package io.pacewire.activity;

/**
 * A lap as the device counted it.
 *
 * @param trigger what began the next one, in the file's words ({@code manual}, {@code distance}, …);
 *     empty where unknown
 * @param deviceTotals for comparison only
 */
public record DeviceLap(
    long startAtEpochMs, long endAtEpochMs, String trigger, DeviceTotals deviceTotals) {}
