/** The Spark session of a run. */
@NullMarked
package dev.sluice.pipelines.session;

import org.jspecify.annotations.NullMarked;
