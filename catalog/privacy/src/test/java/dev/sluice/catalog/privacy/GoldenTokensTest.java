package dev.sluice.catalog.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.contract.TenantId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tokens in tables outlive every version of this code: with these keys (made for this test, public)
 * these values must for ever give these tokens.
 */
class GoldenTokensTest {
  private static final TenantId TENANT = new TenantId("golden");

  @TempDir Path folder;

  @BeforeEach
  void copyKeysWithTheirMode() throws Exception {
    Path home = Files.createDirectory(folder.resolve("golden"));
    for (String name : List.of("kek", "v1.token", "v1.pseudonym", "v1.seal")) {
      Path copy = home.resolve(name + ".json");
      try (var in = getClass().getResourceAsStream("/public-test-keys/golden/" + name + ".json")) {
        Files.write(copy, in.readAllBytes());
      }
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void tokensNeverChange() {
    TenantCipher cipher = TenantCipher.open(WrappedKeysets.of(TENANT, folder));

    assertThat(cipher.token("plate", "XQ-771-ZZ"))
        .isEqualTo("tok_AVY4vXsfny7ixkBO2K67_7vfO9mNGh3I3ob9ksju");
    assertThat(cipher.pseudonym("plate", "XQ-771-ZZ")).isEqualTo("psn_gqLqP-neBjJNXFRCAnIw2Q");
  }
}
