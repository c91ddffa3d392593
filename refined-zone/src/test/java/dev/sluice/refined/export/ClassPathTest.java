package dev.sluice.refined.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.PackageVersion;
import com.google.protobuf.RuntimeVersion;
import org.junit.jupiter.api.Test;

/** Versions that Spark and BigQuery's client must share; Maven alone would choose others. */
class ClassPathTest {

  @Test
  void protobufIsTheOneThatBigQuerysClassesWereMadeFor() {
    assertThat(
            RuntimeVersion.OSS_MAJOR
                + "."
                + RuntimeVersion.OSS_MINOR
                + "."
                + RuntimeVersion.OSS_PATCH)
        .isEqualTo("4.33.6");
  }

  @Test
  void jacksonArrowAndNettyAreSparks() {
    assertThat(PackageVersion.VERSION.toString()).isEqualTo("2.21.2");
    assertThat(jar("org.apache.arrow.vector.VectorSchemaRoot")).contains("arrow-vector-18.3.0");
    assertThat(jar("io.netty.util.Version")).contains("netty-common-4.2.7");
    assertThat(jar("scala.Option")).contains("scala-library-2.13.17");
  }

  private static String jar(String name) {
    try {
      return Class.forName(name, false, ClassPathTest.class.getClassLoader())
          .getProtectionDomain()
          .getCodeSource()
          .getLocation()
          .toString();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
