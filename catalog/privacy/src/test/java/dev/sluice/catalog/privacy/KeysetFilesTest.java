package dev.sluice.catalog.privacy;

import static dev.sluice.catalog.privacy.WrappedKeysets.AIRPORTS;
import static dev.sluice.catalog.privacy.WrappedKeysets.CITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.privacy.KeysetFiles.Profile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysetFilesTest {
  @TempDir Path folder;

  @Test
  void keysAreMadeOnceAndReadableByTheirOwnerOnly() throws Exception {
    WrappedKeyset first = WrappedKeysets.of(CITY, folder);

    assertThat(WrappedKeysets.of(CITY, folder)).isEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kek())))
        .isEqualTo("rw-------");
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(folder.resolve("city"));
    }
  }

  @Test
  void wrappedKeysetsHoldNoClearKey() throws Exception {
    WrappedKeyset keyset = WrappedKeysets.of(CITY, folder);

    assertThat(keyset.wrapped().values())
        .allSatisfy(text -> assertThat(text).contains("encryptedKeyset").doesNotContain("\"key\""));
    assertThat(keyset.kekReference()).isEqualTo("file:" + kek());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rwx------", "rw--w----"})
  void keyFileThatOthersMayReachIsRefused(String mode) throws Exception {
    WrappedKeyset keyset = WrappedKeysets.of(CITY, folder);
    Files.setPosixFilePermissions(kek(), PosixFilePermissions.fromString(mode));

    assertThatThrownBy(() -> new KeysetFiles(folder, Profile.EMBEDDED).read(CITY))
        .isInstanceOf(KeyRefused.class)
        .hasMessageContaining("0600")
        .hasMessageContaining(mode);
    assertThatThrownBy(() -> TenantCipher.open(keyset)).isInstanceOf(KeyRefused.class);
  }

  @Test
  void productionRefusesKeyFiles() {
    assertThatThrownBy(() -> new KeysetFiles(folder, Profile.PRODUCTION))
        .isInstanceOf(KeyRefused.class)
        .hasMessageContaining("key service");
  }

  @Test
  void lostKeysAreNotReplacedByNewOnes() throws Exception {
    WrappedKeysets.of(CITY, folder);
    Files.delete(folder.resolve("city/v1.token.json"));

    assertThatThrownBy(() -> WrappedKeysets.of(CITY, folder))
        .isInstanceOf(KeyRefused.class)
        .hasMessageContaining("backup");
  }

  @Test
  void keysetsOfAnotherTenantPurposeVersionOrKeyDoNotOpen() throws Exception {
    WrappedKeyset city = WrappedKeysets.of(CITY, folder);
    WrappedKeyset airports = WrappedKeysets.of(AIRPORTS, folder);

    refused(new WrappedKeyset("airports", 1, airports.kekReference(), city.wrapped()));
    refused(new WrappedKeyset("airports", 1, city.kekReference(), city.wrapped()));
    refused(new WrappedKeyset("city", 2, city.kekReference(), city.wrapped()));
    refused(new WrappedKeyset("city", 1, airports.kekReference(), city.wrapped()));
    refused(new WrappedKeyset("city", 1, "vault:transit/city", city.wrapped()));
    refused(
        new WrappedKeyset(
            "city",
            1,
            city.kekReference(),
            java.util.Map.of(
                KeyPurpose.TOKEN, city.wrapped().get(KeyPurpose.SEAL),
                KeyPurpose.PSEUDONYM, city.wrapped().get(KeyPurpose.PSEUDONYM),
                KeyPurpose.SEAL, city.wrapped().get(KeyPurpose.TOKEN))));
  }

  @Test
  void racingProcessesAgreeOnOneSetOfKeys() throws Exception {
    ExecutorService racers = Executors.newFixedThreadPool(8);
    try {
      List<Callable<WrappedKeyset>> races =
          IntStream.range(0, 8)
              .<Callable<WrappedKeyset>>mapToObj(i -> () -> WrappedKeysets.of(CITY, folder))
              .toList();
      WrappedKeyset kept = null;
      for (Future<WrappedKeyset> race : racers.invokeAll(races)) {
        kept = kept == null ? race.get() : kept;
        assertThat(race.get()).isEqualTo(kept);
      }
    } finally {
      racers.shutdownNow();
    }
  }

  private static void refused(WrappedKeyset keyset) {
    assertThatThrownBy(() -> TenantCipher.open(keyset)).isInstanceOf(KeyRefused.class);
  }

  private Path kek() {
    return folder.resolve("city/kek.json");
  }
}
