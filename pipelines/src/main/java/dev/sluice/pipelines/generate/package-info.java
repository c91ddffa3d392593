/** Seeded synthetic messages made from a contract. */
@NullMarked
package dev.sluice.pipelines.generate;

import org.jspecify.annotations.NullMarked;
