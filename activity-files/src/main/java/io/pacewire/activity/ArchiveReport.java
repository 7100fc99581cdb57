package io.pacewire.activity;

/**
 * What became of an archive.
 *
 * @param entries files, without directories
 * @param read files with activities that were read
 * @param faults files that were not
 * @param skipped files that are something else: pictures, tables, courses, settings
 * @param endedEarly why what follows could not be read; empty where all was
 */
public record ArchiveReport(int entries, int read, int faults, int skipped, String endedEarly) {}
