/**
 * Keysets of tenants and what is made with them: tokens, pseudonyms, sealed bytes and screened
 * text. No Spark and no logger here, so that nothing in it can write a clear value anywhere.
 */
@org.jspecify.annotations.NullMarked
package dev.sluice.catalog.privacy;
