/** Spark-side access to governed tables: reading news, stamped writes, rules measured on sets. */
@NullMarked
package dev.sluice.catalog.publishing;

import org.jspecify.annotations.NullMarked;
