/** The command line: one class a verb. */
@NullMarked
package dev.sluice.pipelines.cli;

import org.jspecify.annotations.NullMarked;
