package dev.sluice.raw.files;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What reading a file once has told.
 *
 * @param sha256 of its bytes; empty when it could not be read to the end
 * @param records how many it has
 * @param header what its rows will say of it, see {@link FileHeader}
 * @param why why it does not land; null when it can
 * @param later why nothing is known of it yet; null when something is
 */
record LookedAt(
    FoundFile file,
    String sha256,
    long records,
    byte[] header,
    @Nullable Aside why,
    @Nullable Later later)
    implements Serializable {

  Optional<Aside> aside() {
    return Optional.ofNullable(why);
  }

  Optional<Later> again() {
    return Optional.ofNullable(later);
  }

  static LookedAt whole(FoundFile file, String sha256, long records, byte[] header) {
    return new LookedAt(file, sha256, records, header, null, null);
  }

  static LookedAt aside(FoundFile file, String sha256, Aside why) {
    return new LookedAt(file, sha256, 0, new byte[0], why, null);
  }

  static LookedAt later(FoundFile file, Later why) {
    return new LookedAt(file, "", 0, new byte[0], null, why);
  }
}
