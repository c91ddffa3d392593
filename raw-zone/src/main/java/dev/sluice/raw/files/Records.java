package dev.sluice.raw.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The records of one file, in their order. */
interface Records extends Closeable {

  /**
   * Bytes of the next record; null after the last.
   *
   * @throws Unreadable when the content is not what it should be
   * @throws IOException when the storage fails, or the content does
   */
  byte @Nullable [] next() throws IOException;

  /** Adds what a reader of the records needs to know beside their bytes. */
  void describe(ObjectNode file);

  /** Hash of the whole file; call it once, after the last record. */
  String sha256() throws IOException;
}
