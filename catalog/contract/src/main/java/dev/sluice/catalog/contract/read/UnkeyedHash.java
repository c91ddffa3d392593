package dev.sluice.catalog.contract.read;

/**
 * A hash without a key, which protects nobody: whoever has a list of plates hashes it and compares.
 */
public final class UnkeyedHash {
  private UnkeyedHash() {}

  /** What is wrong with a call of this function. */
  public static String message(String function) {
    return "the hash "
        + function
        + " has no key, so it hides nothing; use the privacy methods of stage columns";
  }
}
