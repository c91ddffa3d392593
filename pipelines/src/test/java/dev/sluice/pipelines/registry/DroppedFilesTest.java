package dev.sluice.pipelines.registry;

import dev.sluice.raw.files.FileIndex;
import dev.sluice.raw.files.FileIndexContract;

class DroppedFilesTest extends FileIndexContract {
  @Override
  protected FileIndex empty() {
    return new DroppedFiles(TestPostgres.migrated());
  }
}
