package dev.sluice.catalog.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes tokens and pseudonyms and seals bytes with the keys of one tenant. Thread-safe. Not
 * serialisable on purpose: executors get the {@link WrappedKeyset} and open it there.
 */
public final class TenantCipher {
  /** A revoked key stops working after at most this long in a JVM that has it open. */
  public static final Duration MAX_AGE = Duration.ofMinutes(5);

  private static final int PSEUDONYM_BYTES = 16;
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
  private static final ConcurrentHashMap<WrappedKeyset, Opened> CACHE = new ConcurrentHashMap<>();

  private record Opened(TenantCipher cipher, long atNanos) {
    boolean isFresh(long now) {
      return now - atNanos < MAX_AGE.toNanos();
    }
  }

  private final String tenant;
  private final OpenKeysets keys;

  private TenantCipher(String tenant, OpenKeysets keys) {
    this.tenant = tenant;
    this.keys = keys;
  }

  /**
   * The cipher of a tenant, opened at most once in {@link #MAX_AGE} per JVM. Ask again for every
   * task rather than keeping it.
   *
   * @throws KeyRefused when the key-encryption key is missing, readable by others, or not the one
   *     that wrapped the keysets
   */
  public static TenantCipher open(WrappedKeyset keyset) {
    long now = System.nanoTime();
    Opened opened = CACHE.get(keyset);
    if (opened == null || !opened.isFresh(now)) {
      opened = new Opened(new TenantCipher(keyset.tenant(), OpenKeysets.of(keyset)), now);
      CACHE.values().removeIf(old -> !old.isFresh(now));
      CACHE.put(keyset, opened);
    }
    return opened.cipher();
  }

  /**
   * The reversible token of a value (AES-SIV, RFC 5297, with tenant and domain as associated data).
   * Equal values give equal tokens within tenant, domain and key; see {@link TokenGrammar}.
   *
   * @throws IllegalArgumentException for a blank domain or text that is not Unicode
   */
  public String token(String domain, String canonical) {
    byte[] context = context(domain);
    try {
      return TokenGrammar.TOKEN_PREFIX
          + TEXT.encodeToString(
              keys.tokens().encryptDeterministically(CanonicalText.bytes(canonical), context));
    } catch (GeneralSecurityException e) {
      throw new KeyRefused("The token key of tenant " + tenant + " refused a value.", e);
    }
  }

  /**
   * The one-way pseudonym of a value (HMAC-SHA-256 over tenant, domain and value, 128 bits). Equal
   * values give equal pseudonyms within tenant, domain and key.
   *
   * @throws IllegalArgumentException for a blank domain or text that is not Unicode
   */
  public String pseudonym(String domain, String canonical) {
    byte[] context = context(domain);
    byte[] value = CanonicalText.bytes(canonical);
    byte[] message = new byte[context.length + 1 + value.length];
    System.arraycopy(context, 0, message, 0, context.length);
    // the 0 byte between them keeps (domain, value) pairs apart: a domain never holds it
    System.arraycopy(value, 0, message, context.length + 1, value.length);
    try {
      return TokenGrammar.PSEUDONYM_PREFIX
          + TEXT.encodeToString(keys.pseudonyms().computePrimary(message, PSEUDONYM_BYTES));
    } catch (GeneralSecurityException e) {
      throw new KeyRefused("The pseudonym key of tenant " + tenant + " refused a value.", e);
    }
  }

  /**
   * {@code clear} encrypted (AES-256-GCM) and bound to {@code context}, which is not kept in it.
   */
  public byte[] seal(byte[] clear, byte[] context) {
    try {
      return keys.seals().encrypt(clear, context);
    } catch (GeneralSecurityException e) {
      throw new KeyRefused("The sealing key of tenant " + tenant + " refused a value.", e);
    }
  }

  /**
   * What {@link #seal} was given.
   *
   * @throws KeyRefused when the bytes were changed or sealed for another context or tenant
   */
  public byte[] unseal(byte[] sealed, byte[] context) {
    try {
      return keys.seals().decrypt(sealed, context);
    } catch (GeneralSecurityException e) {
      throw new KeyRefused(
          "Sealed bytes do not open for tenant "
              + tenant
              + ": another tenant's, another place's, or changed.",
          e);
    }
  }

  /** Stays inside this package: nothing that reaches SQL or a job may turn tokens back. */
  String reveal(String domain, String token) {
    if (!TokenGrammar.TOKEN.matcher(token).matches()) {
      throw new IllegalArgumentException("Expected a token; got text of another form.");
    }
    byte[] bytes =
        Base64.getUrlDecoder().decode(token.substring(TokenGrammar.TOKEN_PREFIX.length()));
    try {
      return new String(keys.tokens().decryptDeterministically(bytes, context(domain)), UTF_8);
    } catch (GeneralSecurityException e) {
      throw new KeyRefused("A token does not open for tenant " + tenant + " and this domain.", e);
    }
  }

  private byte[] context(String domain) {
    if (domain.isBlank() || domain.indexOf(0) >= 0) {
      throw new IllegalArgumentException(
          "Expected a domain for the token of tenant "
              + tenant
              + "; got a blank one. Name it in the contract.");
    }
    return ("v1|" + tenant + "|" + domain).getBytes(UTF_8);
  }

  @Override
  public String toString() {
    return "TenantCipher[" + tenant + "]";
  }
}
