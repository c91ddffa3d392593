package dev.sluice.catalog.privacy;

import java.util.regex.Pattern;

/**
 * What tokens and pseudonyms look like, for scanners that must find them or prove their absence.
 */
public final class TokenGrammar {
  static final String TOKEN_PREFIX = "tok_";
  static final String PSEUDONYM_PREFIX = "psn_";

  /**
   * A whole token: base64url of the version byte 0x01, four bytes of key id, 16 bytes of synthetic
   * IV and the encrypted value.
   */
  public static final Pattern TOKEN = Pattern.compile("tok_A[Q-Za-f][A-Za-z0-9_-]{26,}+");

  /** A whole pseudonym: base64url of 16 bytes. */
  public static final Pattern PSEUDONYM = Pattern.compile("psn_[A-Za-z0-9_-]{21}[AQgw]");

  /** Either, anywhere in a text. */
  public static final Pattern ANY = Pattern.compile(TOKEN.pattern() + "|" + PSEUDONYM.pattern());

  private TokenGrammar() {}

  /** Whether a token or pseudonym stands anywhere in {@code text}. */
  public static boolean occursIn(CharSequence text) {
    return ANY.matcher(text).find();
  }
}
