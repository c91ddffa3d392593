/** Keeping tables in order: small files, manifests, snapshots, orphans, branches left behind. */
@NullMarked
package dev.sluice.catalog.publishing.upkeep;

import org.jspecify.annotations.NullMarked;
