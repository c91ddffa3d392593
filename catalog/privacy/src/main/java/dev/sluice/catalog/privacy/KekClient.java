package dev.sluice.catalog.privacy;

/**
 * A tenant's key-encryption key, wherever it lives. It wraps keysets, which are few and small; rows
 * never go through it.
 *
 * <p>Contract: {@link #unwrap} gives back what {@link #wrap} was given, and only when the same
 * context comes with it.
 */
interface KekClient {
  /**
   * The bytes encrypted and bound to the context, which is not kept in them.
   *
   * @throws KeyRefused when the key may not be used or is not there
   * @throws KeyServiceMissing when the key cannot be reached now
   */
  byte[] wrap(byte[] clear, byte[] context);

  /**
   * What {@link #wrap} was given.
   *
   * @throws KeyRefused when the bytes were changed, wrapped by another key or for another context
   * @throws KeyServiceMissing when the key cannot be reached now
   */
  byte[] unwrap(byte[] wrapped, byte[] context);
}
