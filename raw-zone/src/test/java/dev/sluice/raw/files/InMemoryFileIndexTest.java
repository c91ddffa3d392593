package dev.sluice.raw.files;

class InMemoryFileIndexTest extends FileIndexContract {
  @Override
  protected FileIndex empty() {
    return new InMemoryFileIndex();
  }
}
