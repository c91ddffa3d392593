/**
 * The lake's Iceberg tables and the guard over every commit to them: heads and stamps are compared
 * and set in the same swap as the rows, main moves forward only, and lost answers are looked up.
 */
@NullMarked
package dev.sluice.catalog.tables;

import org.jspecify.annotations.NullMarked;
