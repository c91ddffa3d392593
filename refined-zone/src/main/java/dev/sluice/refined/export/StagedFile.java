package dev.sluice.refined.export;

import java.nio.file.Path;

/**
 * The one file of an export, on this machine until it is loaded.
 *
 * @param checksum of the rows as they stand in the file
 */
record StagedFile(Path path, long bytes, String sha256, Checksum checksum) {}
