/** Kafka to the raw zone: the bytes as received, each message once. */
@NullMarked
package dev.sluice.raw;

import org.jspecify.annotations.NullMarked;
