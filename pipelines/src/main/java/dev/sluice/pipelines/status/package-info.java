/** Heads and lag of every lane in every zone. */
@NullMarked
package dev.sluice.pipelines.status;

import org.jspecify.annotations.NullMarked;
