/** What is promised of each data set: its source, its tables, its rules and what may leave. */
@NullMarked
package dev.sluice.catalog.contract;

import org.jspecify.annotations.NullMarked;
