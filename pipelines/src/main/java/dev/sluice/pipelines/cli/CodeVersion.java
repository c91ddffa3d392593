package dev.sluice.pipelines.cli;

/** The version of the product, as stamps and reports carry it. */
final class CodeVersion {
  static final String TEXT = "0.1.0";

  private CodeVersion() {}
}
