package dev.sluice.catalog.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every key-encryption key promises, wherever it lives. */
abstract class KekClientContract {
  private static final byte[] CLEAR = "a keyset, and more than one block of it".getBytes(UTF_8);
  private static final byte[] CONTEXT = "keyset|city|token|1".getBytes(UTF_8);

  abstract KekClient kek() throws Exception;

  /** Another key of the same kind. */
  abstract KekClient other() throws Exception;

  @Test
  void whatWasWrappedIsUnwrapped() throws Exception {
    byte[] wrapped = kek().wrap(CLEAR, CONTEXT);

    assertThat(kek().unwrap(wrapped, CONTEXT)).isEqualTo(CLEAR);
    assertThat(new String(wrapped, UTF_8)).doesNotContain("keyset");
    assertThat(kek().wrap(CLEAR, CONTEXT)).isNotEqualTo(wrapped);
  }

  @Test
  void anotherContextKeyOrTextIsRefused() throws Exception {
    byte[] wrapped = kek().wrap(CLEAR, CONTEXT);
    byte[] changed = wrapped.clone();
    changed[changed.length - 6] ^= 1;

    assertThatThrownBy(() -> kek().unwrap(wrapped, "keyset|city|token|2".getBytes(UTF_8)))
        .isInstanceOf(KeyRefused.class);
    assertThatThrownBy(() -> kek().unwrap(wrapped, new byte[0])).isInstanceOf(KeyRefused.class);
    assertThatThrownBy(() -> kek().unwrap(changed, CONTEXT)).isInstanceOf(KeyRefused.class);
    assertThatThrownBy(() -> other().unwrap(wrapped, CONTEXT)).isInstanceOf(KeyRefused.class);
    assertThatThrownBy(() -> kek().unwrap("vault:v1:AAAA".getBytes(UTF_8), CONTEXT))
        .isInstanceOf(KeyRefused.class);
  }

  @Test
  void keysetsOfATenantOpenForThisTenantOnly() throws Exception {
    NewKeysets.requireBinding(kek());
    Map<KeyPurpose, String> wrapped = NewKeysets.wrappedBy(kek(), WrappedKeysets.CITY, 1);

    assertThat(wrapped.values())
        .allSatisfy(text -> assertThat(text).contains("encryptedKeyset").doesNotContain("\"key\""));
    TenantCipher city = TenantCipher.open(keyset("city", wrapped));
    assertThat(city.reveal("plate", city.token("plate", "B-XY 1"))).isEqualTo("B-XY 1");
    assertThatThrownBy(() -> TenantCipher.open(keyset("airports", wrapped)))
        .isInstanceOf(KeyRefused.class);
  }

  /** The reference by which executors find the same key. */
  abstract String reference() throws Exception;

  private WrappedKeyset keyset(String tenant, Map<KeyPurpose, String> wrapped) throws Exception {
    return new WrappedKeyset(tenant, 1, reference(), wrapped);
  }
}
