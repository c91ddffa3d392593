package dev.sluice.catalog.privacy;

import com.google.crypto.tink.Aead;

/** Lets Tink wrap and unwrap keysets by a key-encryption key. */
record KekAead(KekClient kek) implements Aead {
  @Override
  public byte[] encrypt(byte[] plaintext, byte[] associatedData) {
    return kek.wrap(plaintext, associatedData);
  }

  @Override
  public byte[] decrypt(byte[] ciphertext, byte[] associatedData) {
    return kek.unwrap(ciphertext, associatedData);
  }
}
