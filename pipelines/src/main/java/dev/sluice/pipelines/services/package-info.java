/** Starts, finds and stops the embedded services, and brings data to them. */
@NullMarked
package dev.sluice.pipelines.services;

import org.jspecify.annotations.NullMarked;
