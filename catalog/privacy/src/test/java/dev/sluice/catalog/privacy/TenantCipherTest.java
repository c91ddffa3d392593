package dev.sluice.catalog.privacy;

import static dev.sluice.catalog.privacy.WrappedKeysets.AIRPORTS;
import static dev.sluice.catalog.privacy.WrappedKeysets.CITY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantCipherTest {
  private static final String PLATE = "XQ-771-ZZ";

  @TempDir Path folder;

  private TenantCipher city() {
    return TenantCipher.open(WrappedKeysets.of(CITY, folder));
  }

  private TenantCipher airports() {
    return TenantCipher.open(WrappedKeysets.of(AIRPORTS, folder));
  }

  @Test
  void equalValuesGiveEqualTokensWithinADomain() {
    assertThat(city().token("plate", PLATE))
        .isEqualTo(city().token("plate", PLATE))
        .isNotEqualTo(city().token("person", PLATE))
        .isNotEqualTo(airports().token("plate", PLATE))
        .matches(TokenGrammar.TOKEN);
  }

  @Test
  void equalValuesGiveEqualPseudonymsWithinADomain() {
    assertThat(city().pseudonym("plate", PLATE))
        .isEqualTo(city().pseudonym("plate", PLATE))
        .isNotEqualTo(city().pseudonym("person", PLATE))
        .isNotEqualTo(airports().pseudonym("plate", PLATE))
        .matches(TokenGrammar.PSEUDONYM);
  }

  @Test
  void domainAndValueAreKeptApart() {
    assertThat(city().pseudonym("a", "bc")).isNotEqualTo(city().pseudonym("ab", "c"));
  }

  @Test
  void tokenOpensForItsTenantAndDomainOnly() {
    String token = city().token("plate", PLATE);
    String changed = token.substring(0, token.length() - 2) + "AA";

    assertThat(city().reveal("plate", token)).isEqualTo(PLATE);
    assertThatThrownBy(() -> city().reveal("person", token)).isInstanceOf(KeyRefused.class);
    assertThatThrownBy(() -> airports().reveal("plate", token)).isInstanceOf(KeyRefused.class);
    assertThatThrownBy(() -> city().reveal("plate", changed)).isInstanceOf(KeyRefused.class);
  }

  @Test
  void sealedBytesOpenAtTheirPlaceOnly() {
    byte[] clear = PLATE.getBytes(UTF_8);
    byte[] place = SealedPlace.context("local/video@id/0", 7);
    byte[] sealed = city().seal(clear, place);

    assertThat(city().unseal(sealed, place)).isEqualTo(clear);
    assertThat(city().seal(clear, place)).isNotEqualTo(sealed);
    assertThatThrownBy(() -> city().unseal(sealed, SealedPlace.context("local/video@id/0", 8)))
        .isInstanceOf(KeyRefused.class);
    assertThatThrownBy(() -> airports().unseal(sealed, place)).isInstanceOf(KeyRefused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void blankDomainIsRefused(String domain) {
    assertThatThrownBy(() -> city().token(domain, PLATE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(PLATE);
    assertThatThrownBy(() -> city().pseudonym(domain, PLATE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oddValuesHaveTokensOfTheirOwn() {
    String composed = "Jos\u00e9";
    String decomposed = "Jose\u0301";

    assertThat(city().token("person", composed)).isEqualTo(city().token("person", decomposed));
    assertThat(city().token("person", "")).matches(TokenGrammar.TOKEN);
    assertThat(city().reveal("person", city().token("person", ""))).isEmpty();
    String large = "x".repeat(1 << 20);
    assertThat(city().reveal("person", city().token("person", large))).isEqualTo(large);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\ud800b", "\udc00", "\ud800"})
  void loneSurrogateIsRefusedRatherThanReplaced(String value) {
    assertThatThrownBy(() -> city().token("person", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lone surrogate");
    assertThatThrownBy(() -> city().pseudonym("person", value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void wrappedKeysetTravelsAndGivesTheSameTokens() throws Exception {
    WrappedKeyset keyset = WrappedKeysets.of(CITY, folder);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(keyset);
    Object arrived =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    assertThat(arrived).isEqualTo(keyset);
    assertThat(TenantCipher.open((WrappedKeyset) arrived).token("plate", PLATE))
        .isEqualTo(city().token("plate", PLATE));
  }

  @Test
  void textFormsHoldNoKey() {
    WrappedKeyset keyset = WrappedKeysets.of(CITY, folder);

    assertThat(keyset.toString()).isEqualTo("WrappedKeyset[tenant=city, version=1]");
    assertThat(TenantCipher.open(keyset).toString()).isEqualTo("TenantCipher[city]");
    assertThat(OpenKeysets.of(keyset).toString()).isEqualTo("OpenKeysets[masked]");
  }
}
