/** Reads contracts from their files and finds what is wrong with them, all at once. */
@NullMarked
package dev.sluice.catalog.contract.read;

import org.jspecify.annotations.NullMarked;
