/** From raw to stage: decode, check, tokenise, deduplicate, audit, publish. */
@org.jspecify.annotations.NullMarked
package dev.sluice.stage;
