/** The demo: the plain verbs in a row. */
@NullMarked
package dev.sluice.pipelines.demo;

import org.jspecify.annotations.NullMarked;
