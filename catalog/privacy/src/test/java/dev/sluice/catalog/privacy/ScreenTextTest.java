package dev.sluice.catalog.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScreenTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "write to ana.b+c@mail.example.org now|write to [email] now",
        "ana\uFF20example.org|[email]",
        "call +44 20 7946 0958 today|call [phone] today",
        "call (020) 7946-0958|call [phone]",
        "tel 0791234567.|tel [phone].",
        "tel 0467-22-1234|tel [phone]",
        "0120-12-3456|[phone]",
        "0701-23-45-67|[phone]",
        "2012-12-12-12|[phone]",
        "2012-13-12|[phone]",
        "paid DE89 3704 0044 0532 0130 00|paid [iban]",
        "gb82WEST12345698765432|[iban]",
        "card 4111 1111 1111 1111 used|card [card] used",
        "from 192.168.17.4|from [ip]",
        "ssn 078-05-1120|ssn [id]",
        "red car ABC-1234|red car [plate]",
        "van AB12 CDE left|van [plate] left",
        "B-MW 1234|[plate]",
        "AB-123-CD|[plate]",
        "1234 BCD|[plate]",
        "XQ-771-ZZ|[plate]",
        "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669|[phone]",
      })
  void personalPatternIsReplacedByItsKind(String text, String screened) {
    assertThat(ScreenText.screen(text)).isEqualTo(screened);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bicycle",
        "person with umbrella",
        "2 dogs and 3 cats",
        "truck, 12 wheels",
        "seen 2026-11-20",
        "from 1999-12-31T23:59:59Z",
        "@ noon",
        "caf\u00e9 \ud83d\ude97"
      })
  void ordinaryTextStays(String text) {
    assertThat(ScreenText.screen(text)).isEqualTo(text);
  }

  @Test
  void screeningTwiceChangesNothing() {
    String once = ScreenText.screen("ABC-1234 ana@example.org +44 20 7946 0958");

    assertThat(ScreenText.screen(once)).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a.", "1", "1 ", "A1", "a@", "+(", "AB 12 ", "1-", "DE89 ", "@a.", "25."})
  void hostileTextIsScreenedInLinearTime(String unit) {
    String hostile = unit.repeat(1_000_000 / unit.length()) + "!";

    assertTimeout(Duration.ofSeconds(120), () -> ScreenText.screen(hostile));
  }
}
