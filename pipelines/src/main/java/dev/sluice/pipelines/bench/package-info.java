/** Measures our jobs against bare Spark doing the same, in one run. */
@NullMarked
package dev.sluice.pipelines.bench;

import org.jspecify.annotations.NullMarked;
