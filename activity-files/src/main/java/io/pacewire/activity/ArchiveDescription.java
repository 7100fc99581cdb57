package io.pacewire.activity;

/**
 * What an export says of one of its files.
 *
 * @param fileName as in the archive
 * @param name the athlete's own for the activity; may be empty
 * @param sport by the wire's names
 * @param nativeSport in the export's own words
 */
public record ArchiveDescription(String fileName, String name, String sport, String nativeSport) {}
