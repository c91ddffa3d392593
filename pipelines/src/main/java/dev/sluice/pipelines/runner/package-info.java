/** Turns what a job returns into exit code, registry rows, report and console lines. */
@NullMarked
package dev.sluice.pipelines.runner;

import org.jspecify.annotations.NullMarked;
