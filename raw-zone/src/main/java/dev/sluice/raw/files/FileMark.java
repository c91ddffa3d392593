package dev.sluice.raw.files;

import java.io.Serializable;

/**
 * By what a file is recognised without being read.
 *
 * @param name hash of its path below the folder, never the path itself, which may tell of people
 * @param size in bytes
 * @param modified in milliseconds since 1970
 */
public record FileMark(String name, long size, long modified) implements Serializable {}
