/** Read-only SQL over the lake. */
@NullMarked
package dev.sluice.pipelines.query;

import org.jspecify.annotations.NullMarked;
