package dev.sluice.raw.files;

import java.util.Optional;

/**
 * A file that needs no further look as long as its mark stays.
 *
 * @param sha256 of its bytes, in hex
 * @param number its number on the lane; that of the file with the same content for a copy; empty
 *     for one that was set aside
 * @param copy whether its content had landed already under another name or time
 * @param aside why it was set aside
 */
public record SeenFile(
    FileMark mark, String sha256, Optional<Long> number, boolean copy, Optional<Aside> aside) {

  static SeenFile landed(FileMark mark, String sha256, long number) {
    return new SeenFile(mark, sha256, Optional.of(number), false, Optional.empty());
  }

  static SeenFile copy(FileMark mark, String sha256, long number) {
    return new SeenFile(mark, sha256, Optional.of(number), true, Optional.empty());
  }

  static SeenFile aside(FileMark mark, String sha256, Aside why) {
    return new SeenFile(mark, sha256, Optional.empty(), false, Optional.of(why));
  }
}
