package dev.sluice.catalog.privacy;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-SIV as RFC 5297 writes it, slowly, for one associated data: what the product is held to. */
final class ReferenceSiv {
  private final SecretKeySpec macKey;
  private final SecretKeySpec counterKey;

  ReferenceSiv(byte[] key) {
    macKey = new SecretKeySpec(key, 0, key.length / 2, "AES");
    counterKey = new SecretKeySpec(key, key.length / 2, key.length / 2, "AES");
  }

  byte[] encrypt(byte[] clear, byte[] context) throws GeneralSecurityException {
    byte[] iv = s2v(context, clear);
    byte[] counter = iv.clone();
    counter[8] &= 0x7f;
    counter[12] &= 0x7f;
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, counterKey, new IvParameterSpec(counter));
    byte[] sealed = Arrays.copyOf(iv, 16 + clear.length);
    System.arraycopy(cipher.doFinal(clear), 0, sealed, 16, clear.length);
    return sealed;
  }

  /** Section 2.4. */
  private byte[] s2v(byte[] context, byte[] clear) throws GeneralSecurityException {
    byte[] d = xor(doubled(cmac(new byte[16])), cmac(context));
    if (clear.length >= 16) {
      byte[] mixed = clear.clone();
      for (int i = 0; i < 16; i++) {
        mixed[clear.length - 16 + i] ^= d[i];
      }
      return cmac(mixed);
    }
    return cmac(xor(doubled(d), padded(clear)));
  }

  /** RFC 4493. */
  private byte[] cmac(byte[] message) throws GeneralSecurityException {
    Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
    aes.init(Cipher.ENCRYPT_MODE, macKey);
    byte[] single = doubled(aes.doFinal(new byte[16]));
    int blocks = Math.max(1, (message.length + 15) / 16);
    byte[] last = Arrays.copyOfRange(message, (blocks - 1) * 16, message.length);
    last = last.length == 16 ? xor(last, single) : xor(padded(last), doubled(single));
    byte[] state = new byte[16];
    for (int i = 0; i < blocks - 1; i++) {
      state = aes.doFinal(xor(state, Arrays.copyOfRange(message, i * 16, i * 16 + 16)));
    }
    return aes.doFinal(xor(state, last));
  }

  private static byte[] padded(byte[] part) {
    byte[] block = Arrays.copyOf(part, 16);
    block[part.length] = (byte) 0x80;
    return block;
  }

  private static byte[] doubled(byte[] block) {
    byte[] twice = new byte[16];
    for (int i = 0; i < 16; i++) {
      int next = i < 15 ? (block[i + 1] & 0xff) >> 7 : 0;
      twice[i] = (byte) (block[i] << 1 | next);
    }
    twice[15] ^= (block[0] & 0x80) != 0 ? (byte) 0x87 : 0;
    return twice;
  }

  private static byte[] xor(byte[] a, byte[] b) {
    byte[] c = new byte[16];
    for (int i = 0; i < 16; i++) {
      c[i] = (byte) (a[i] ^ b[i]);
    }
    return c;
  }
}
