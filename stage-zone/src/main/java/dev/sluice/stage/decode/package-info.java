/**
 * Messages as bytes become typed values or a typed reason, never anything between: nothing wraps,
 * is rounded to another number, or throws because of what came in.
 */
@org.jspecify.annotations.NullMarked
package dev.sluice.stage.decode;
