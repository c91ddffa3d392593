package dev.sluice.catalog.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransitKekTest extends KekClientContract {
  private static final String TOKEN = "s.pale-heron-71";

  @TempDir Path folder;
  private TransitServer server;
  private Path token;

  @BeforeEach
  void start() throws IOException {
    server = new TransitServer(TOKEN, "sluice-city", "sluice-airports");
    token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"400", "401", "403", "404", "301"})
  void aRefusalOfTheServiceIsOne(int status) {
    server.failWith(status);

    assertThatThrownBy(() -> kek().wrap(new byte[1], new byte[1]))
        .isInstanceOf(KeyRefused.class)
        .hasMessageContaining(Integer.toString(status))
        .hasMessageContaining("sluice-city")
        .hasMessageNotContaining(TOKEN);
  }

  @ParameterizedTest
  @CsvSource({"429", "500", "503"})
  void aServiceThatCannotServeNowIsMissing(int status) {
    server.failWith(status);

    assertThatThrownBy(() -> kek().unwrap("vault:v1:AAAA".getBytes(UTF_8), new byte[1]))
        .isInstanceOf(KeyServiceMissing.class)
        .hasMessageContaining(Integer.toString(status))
        .hasMessageNotContaining(TOKEN);
  }

  @Test
  void aServiceThatDoesNotAnswerIsNamedWithItsSetting() {
    server.close();

    assertThatThrownBy(() -> kek().wrap(new byte[1], new byte[1]))
        .isInstanceOf(KeyServiceMissing.class)
        .hasMessageContaining(server.address().toString())
        .hasMessageContaining("keys.address");
  }

  @Test
  void theTokenIsReadAnewForEachRequest() throws IOException {
    KekClient kek = kek();
    Files.writeString(token, "s.other-token");
    assertThatThrownBy(() -> kek.wrap(new byte[1], new byte[1])).isInstanceOf(KeyRefused.class);

    Files.writeString(token, TOKEN);

    assertThat(kek.wrap(new byte[1], new byte[1])).isNotEmpty();
  }

  @Test
  void aMissingTokenIsNamedByItsReference() throws IOException {
    Files.delete(token);

    assertThatThrownBy(() -> kek().wrap(new byte[1], new byte[1]))
        .isInstanceOf(KeyRefused.class)
        .hasMessageContaining(token.toString());
    assertThat(server.requests()).isZero();
  }

  @Test
  void aServiceThatIgnoresTheContextIsRefusedBeforeKeysAreMade() {
    server.ignoreContext();

    assertThatThrownBy(() -> NewKeysets.requireBinding(kek()))
        .isInstanceOf(KeyRefused.class)
        .hasMessageContaining("associated data");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://vault.example:8200",
        "ftp://vault.example",
        "https://user@vault.example",
        "https://vault.example/?x=1",
        "vault.example:8200"
      })
  void aTokenIsSentToSafeAddressesOnly(String address) {
    assertThatThrownBy(
            () -> new TransitKey(URI.create(address), "transit", "k", "env:T", Optional.empty()))
        .isInstanceOf(KeyRefused.class)
        .hasMessageContaining("keys.address");
  }

  @Test
  void aTokenInPlaceOfItsReferenceIsRefusedAndNotRepeated() {
    assertThatThrownBy(
            () -> new TransitKey(server.address(), "transit", "k", TOKEN, Optional.empty()))
        .isInstanceOf(KeyRefused.class)
        .hasMessageNotContaining(TOKEN);
  }

  @Test
  void aNameThatWouldLeaveItsPathIsRefused() {
    assertThatThrownBy(
            () -> new TransitKey(server.address(), "transit", "../sys", "env:T", Optional.empty()))
        .isInstanceOf(KeyRefused.class);
    assertThatThrownBy(
            () -> new TransitKey(server.address(), "a/../b", "k", "env:T", Optional.empty()))
        .isInstanceOf(KeyRefused.class);
  }

  @Test
  void theReferenceIsReadAsItWasWritten() {
    TransitKey key =
        new TransitKey(
            URI.create("https://vault.example:8200"),
            "team/transit",
            "sluice-city",
            "file:/run/a b&c",
            Optional.of("city/data"));

    assertThat(TransitKey.parse(key.text())).isEqualTo(key);
  }

  @Override
  KekClient kek() {
    return KekReference.open(reference());
  }

  @Override
  KekClient other() {
    return new TransitKek(key("sluice-airports"));
  }

  @Override
  String reference() {
    return key("sluice-city").text();
  }

  private TransitKey key(String name) {
    return new TransitKey(server.address(), "transit", name, "file:" + token, Optional.empty());
  }
}
