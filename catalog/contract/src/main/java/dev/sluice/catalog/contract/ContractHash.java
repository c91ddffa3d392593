package dev.sluice.catalog.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * Tells two texts of one contract version apart: SHA-256 (FIPS 180-4) of the file and of the SQL it
 * points to. Ends of lines and blanks before them do not count, as no tool keeps them.
 */
final class ContractHash {
  private final MessageDigest digest;

  private ContractHash() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Lower case hexadecimal digits. */
  static String of(DataContract contract) {
    ContractHash hash = new ContractHash();
    hash.add(contract.text());
    contract.stage().setRules().forEach(rule -> hash.add(rule.query()));
    for (Product product : contract.products()) {
      hash.add(product.name());
      hash.add(product.sql());
      product.setRules().forEach(rule -> hash.add(rule.query()));
    }
    return HexFormat.of().formatHex(hash.digest.digest());
  }

  /** Each part with its length before it, so that parts cannot run into one another. */
  private void add(String text) {
    byte[] bytes =
        text.stripTrailing()
            .lines()
            .map(String::stripTrailing)
            .collect(Collectors.joining("\n"))
            .getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }
}
