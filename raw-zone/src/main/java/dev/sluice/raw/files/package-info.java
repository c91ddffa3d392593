/** Dropped files to the raw zone: their records as they are, each file's content once. */
@NullMarked
package dev.sluice.raw.files;

import org.jspecify.annotations.NullMarked;
