package io.pacewire.activity;

/**
 * The stretch of an activity that was spent on one sport; a triathlon has five.
 *
 * @param sport by the wire's names: run, ride, walk, …, other
 * @param nativeSport by the file's own name, in lower case, such as {@code cycling/road}
 * @param deviceTotals for comparison only
 */
public record ActivityLeg(
    long startAtEpochMs,
    long endAtEpochMs,
    String sport,
    String nativeSport,
    DeviceTotals deviceTotals) {}
