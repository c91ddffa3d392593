/** Where everything stands: lanes, positions, heads, and the stamps that move them. */
@NullMarked
package dev.sluice.catalog.position;

import org.jspecify.annotations.NullMarked;
