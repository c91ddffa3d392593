/** The report of a run, as JSON and as one page. */
@NullMarked
package dev.sluice.pipelines.report;

import org.jspecify.annotations.NullMarked;
