/** Real Kafka, real Postgres and a BigQuery emulator on this machine, supervised as one process. */
@NullMarked
package dev.sluice.embedded;

import org.jspecify.annotations.NullMarked;
