/** What may stand in a log: texts of ours, and of everything else its type and place. */
@NullMarked
package dev.sluice.pipelines.logging;

import org.jspecify.annotations.NullMarked;
