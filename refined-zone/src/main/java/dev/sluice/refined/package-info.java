/** Stage to refined: products computed by SQL, by affected partition, audited before publishing. */
@NullMarked
package dev.sluice.refined;

import org.jspecify.annotations.NullMarked;
