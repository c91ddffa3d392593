package dev.sluice.catalog.privacy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.Version;
import com.google.crypto.tink.subtle.AesSiv;
import com.google.crypto.tink.subtle.PrfHmacJce;
import com.google.protobuf.RuntimeVersion;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfficialVectorsTest {
  private static final HexFormat HEX = HexFormat.of();

  /** RFC 5297, appendix A.1; Tink takes 512-bit keys only, so a reference stands between them. */
  @Test
  void referenceSivAgreesWithItsStandard() throws Exception {
    ReferenceSiv siv =
        new ReferenceSiv(
            HEX.parseHex("fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"));

    byte[] sealed =
        siv.encrypt(
            HEX.parseHex("112233445566778899aabbccddee"),
            HEX.parseHex("101112131415161718191a1b1c1d1e1f2021222324252627"));

    assertThat(HEX.formatHex(sealed))
        .isEqualTo("85632d07c6e8f37f950acd320a2ecc9340c02b9690c4dc04daef7f6afe5c");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void tokenCipherAgreesWithTheReference(long seed) throws Exception {
    Random random = new Random(seed);
    byte[] key = new byte[64];
    random.nextBytes(key);
    for (int length = 0; length < 70; length++) {
      byte[] clear = new byte[length];
      byte[] context = new byte[1 + random.nextInt(40)];
      random.nextBytes(clear);
      random.nextBytes(context);

      assertThat(new AesSiv(key).encryptDeterministically(clear, context))
          .isEqualTo(new ReferenceSiv(key).encrypt(clear, context));
    }
  }

  /** RFC 4231, test case 1. */
  @Test
  void hmacAgreesWithItsStandard() throws Exception {
    PrfHmacJce hmac =
        new PrfHmacJce("HMACSHA256", new SecretKeySpec(HEX.parseHex("0b".repeat(20)), "HMAC"));

    assertThat(HEX.formatHex(hmac.compute("Hi There".getBytes(US_ASCII), 32)))
        .isEqualTo("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  }

  /** Newer Tink carries generated code that the protobuf beside Spark refuses at run time. */
  @Test
  void versionsAreTheOnesThatWorkBesideSpark() {
    assertThat(Version.TINK_VERSION).isEqualTo("1.16.0");
    assertThat(RuntimeVersion.MAJOR).isEqualTo(4);
    assertThat(RuntimeVersion.MINOR).isEqualTo(33);
  }
}
