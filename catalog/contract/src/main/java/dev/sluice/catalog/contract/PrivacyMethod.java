package dev.sluice.catalog.contract;

/** What happens to a column's value between raw and stage. */
public sealed interface PrivacyMethod {
  /** Whether the stage column can be turned back into, or linked to, a person by a key holder. */
  default boolean makesToken() {
    return false;
  }

  /** The value as it is; refused for {@link Classification#PERSONAL}. */
  record Keep() implements PrivacyMethod {}

  /** Reversible deterministic token (AES-SIV, RFC 5297), joinable within tenant and domain. */
  record SivToken(String domain) implements PrivacyMethod {
    @Override
    public boolean makesToken() {
      return true;
    }
  }

  /** One-way keyed pseudonym (HMAC-SHA-256), joinable within tenant and domain. */
  record HmacPseudonym(String domain) implements PrivacyMethod {
    @Override
    public boolean makesToken() {
      return true;
    }
  }

  /** Free text: known patterns of personal data in it are replaced before it reaches stage. */
  record ScreenText() implements PrivacyMethod {}

  /**
   * A coarser value on a fixed grid.
   *
   * @param step for numbers the width of a bucket ({@code "10"}), for times a unit of date_trunc
   *     ({@code "HOUR"}), for strings the length of the prefix kept ({@code "3"})
   */
  record Generalise(String step) implements PrivacyMethod {}

  /** Always null in stage; the column stays in the schema. */
  record Suppress() implements PrivacyMethod {}

  /** Not in stage at all. */
  record Drop() implements PrivacyMethod {}
}
