/** What a run of a job is and says: its context, its figures and every way it can end. */
@NullMarked
package dev.sluice.catalog.run;

import org.jspecify.annotations.NullMarked;
