/** Reference data owned elsewhere, brought from Postgres into versioned tables of the lake. */
@NullMarked
package dev.sluice.refined.reference;

import org.jspecify.annotations.NullMarked;
