package dev.sluice.raw.files;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** A file that may land, with its number on the lane. */
record NumberedFile(LookedAt looked, long number) implements Serializable {
  /** Numbers for files in their order. */
  static List<NumberedFile> from(long first, List<LookedAt> files) {
    List<NumberedFile> numbered = new ArrayList<>();
    files.forEach(file -> numbered.add(new NumberedFile(file, first + numbered.size())));
    return List.copyOf(numbered);
  }

  SeenFile seen() {
    return SeenFile.landed(looked.file().mark(), looked.sha256(), number);
  }
}
