/** What Postgres remembers of runs: steps, quality, audit, leases, egress. */
@NullMarked
package dev.sluice.pipelines.registry;

import org.jspecify.annotations.NullMarked;
