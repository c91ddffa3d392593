package dev.sluice.catalog.privacy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class KekFileTest extends KekClientContract {
  @TempDir Path folder;

  @BeforeEach
  void keys() {
    WrappedKeysets.of(WrappedKeysets.CITY, folder);
    WrappedKeysets.of(WrappedKeysets.AIRPORTS, folder);
  }

  @Override
  KekClient kek() {
    return KekReference.open(reference());
  }

  @Override
  KekClient other() {
    return new KekFile(folder.resolve("airports/kek.json"));
  }

  @Override
  String reference() {
    return "file:" + folder.resolve("city/kek.json");
  }
}
