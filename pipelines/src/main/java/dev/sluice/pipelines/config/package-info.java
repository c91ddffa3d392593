/** The one configuration file of a lakehouse and the folder it lives in. */
@NullMarked
package dev.sluice.pipelines.config;

import org.jspecify.annotations.NullMarked;
