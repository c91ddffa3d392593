package dev.sluice.raw.files;

import java.io.Serializable;

/** A file that may land, with its number on the lane. */
record NumberedFile(LookedAt looked, long number) implements Serializable {
  SeenFile seen() {
    return SeenFile.landed(looked.file().mark(), looked.sha256(), number);
  }
}
