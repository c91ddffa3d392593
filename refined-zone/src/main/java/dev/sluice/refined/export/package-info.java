/** Anonymised partitions of refined tables to BigQuery, each exactly once. */
@NullMarked
package dev.sluice.refined.export;

import org.jspecify.annotations.NullMarked;
