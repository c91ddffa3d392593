package dev.sluice.catalog.privacy;

import static dev.sluice.catalog.privacy.WrappedKeysets.AIRPORTS;
import static dev.sluice.catalog.privacy.WrappedKeysets.CITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.contract.TenantId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedKeysetsTest {
  private static final String TOKEN = "s.pale-heron-72";

  @TempDir Path folder;
  private final Map<TenantId, Map<KeyPurpose, String>> kept = new HashMap<>();
  private TransitServer server;

  private final WrappedKeysetStore store =
      new WrappedKeysetStore() {
        @Override
        public Optional<Map<KeyPurpose, String>> find(TenantId tenant, int version) {
          return Optional.ofNullable(kept.get(tenant));
        }

        @Override
        public Map<KeyPurpose, String> keepFirst(
            TenantId tenant, int version, Map<KeyPurpose, String> wrapped, String kek) {
          Map<KeyPurpose, String> earlier = kept.putIfAbsent(tenant, wrapped);
          return earlier == null ? wrapped : earlier;
        }
      };

  @BeforeEach
  void start() throws IOException {
    server = new TransitServer(TOKEN, "sluice-city", "sluice-airports");
    Files.writeString(folder.resolve("token"), TOKEN);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aTenantsKeysAreMadeOnceAndGiveTheSameTokensEverywhere() {
    WrappedKeyset first = keysets().createIfMissing(CITY);
    WrappedKeyset second = keysets().createIfMissing(CITY);

    assertThat(second).isEqualTo(first);
    assertThat(TenantCipher.open(second).token("plate", "B-XY 1"))
        .isEqualTo(TenantCipher.open(first).token("plate", "B-XY 1"));
    assertThat(keysets().createIfMissing(AIRPORTS).wrapped()).isNotEqualTo(first.wrapped());
  }

  @Test
  void keysetsCopiedToAnotherTenantDoNotOpen() {
    kept.put(AIRPORTS, keysets().createIfMissing(CITY).wrapped());

    WrappedKeyset stolen = keysets().createIfMissing(AIRPORTS);

    assertThatThrownBy(() -> TenantCipher.open(stolen)).isInstanceOf(KeyRefused.class);
  }

  @Test
  void noKeysAreMadeWithAServiceThatIgnoresTheContext() {
    server.ignoreContext();

    assertThatThrownBy(() -> keysets().createIfMissing(CITY)).isInstanceOf(KeyRefused.class);
    assertThat(kept).isEmpty();
  }

  @Test
  void whatTravelsToExecutorsHoldsNeitherTokenNorClearKey() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(keysets().createIfMissing(CITY));

    assertThat(bytes.toString(StandardCharsets.ISO_8859_1))
        .contains("encryptedKeyset")
        .doesNotContain(TOKEN)
        .doesNotContain("keyData");
  }

  private ServedKeysets keysets() {
    return new ServedKeysets(
        store,
        tenant ->
            new TransitKey(
                server.address(),
                "transit",
                "sluice-" + tenant.name(),
                "file:" + folder.resolve("token"),
                Optional.empty()));
  }
}
