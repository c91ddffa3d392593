package dev.sluice.catalog.contract.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlankedSqlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT `it's`, md5(x), 'z'",
        "SELECT `a``b's`, md5(x), 'z'",
        "SELECT `say \"`, md5(x), \"z\"",
        "SELECT `--`, md5(x)",
        "SELECT `/*`, md5(x), '*/'",
        "SELECT r'\\', md5(x), 'z'",
        "SELECT R\"\\\", md5(x), \"z\"",
        "SELECT 'it''s', md5(x)",
        "SELECT 'it\\'s', md5(x)",
        "SELECT 1 -- it's\n, md5(x)",
        "SELECT 1 -- it's\r, md5(x)",
        "SELECT /* it's */ md5(x)",
        "SELECT /* /* it's */ ' */ md5(x)",
        "SELECT /*+ COALESCE(1) */ md5(x)",
        "SELECT `md5`(x)"
      })
  void callIsSeen(String sql) {
    assertThat(BlankedSql.of(sql)).hasSameSizeAs(sql).contains("md5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'md5(x)'",
        "SELECT \"md5(x)\"",
        "SELECT 'it\\'s md5(x)'",
        "SELECT r'\\ md5(x)'",
        "SELECT var'\\' md5(x)'",
        "SELECT 1 -- md5(x)",
        "SELECT 1 -- go on \\\nmd5(x)",
        "SELECT 1 /* md5(x) */",
        "SELECT 1 /* /* */ md5(x) */",
        "SELECT `the md5(x) of it`"
      })
  void textIsNoCall(String sql) {
    assertThat(BlankedSql.of(sql)).hasSameSizeAs(sql).doesNotContain("md5");
  }

  @Test
  void linesStay() {
    assertThat(BlankedSql.of("SELECT '\n', /*\n*/ a\n"))
        .containsPattern("^SELECT +\n +, +\n +a\n$");
  }
}
