package io.pacewire.activity;

/**
 * A file of an archive.
 *
 * @param index 0, 1, … in the order of the archive, those of archives within it included
 * @param name as it stands there, after that of the archive within and {@code !/}, if any; at most
 *     512 characters without control characters. A label: never a path of anything
 */
public record ArchiveFile(int index, String name) {}
