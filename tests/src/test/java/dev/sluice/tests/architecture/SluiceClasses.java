package dev.sluice.tests.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The product's own classes, without those of tests, as they stand on the class path. */
final class SluiceClasses {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(
              location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
          .importPackages("dev.sluice");

  private SluiceClasses() {}

  static JavaClasses all() {
    return ALL;
  }
}
