/** One runnable class a job: the zones' classes wired to configuration. */
@NullMarked
package dev.sluice.pipelines.jobs;

import org.jspecify.annotations.NullMarked;
