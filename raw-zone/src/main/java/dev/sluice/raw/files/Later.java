package dev.sluice.raw.files;

/** Why nothing is known of a file yet, so that the next run looks at it again. */
enum Later {
  CHANGED("changed while it was read"),
  /** Its content is not to blame. */
  UNREACHABLE("could not be read where it is stored; check that this user may read it");

  private final String what;

  Later(String what) {
    this.what = what;
  }

  /** The end of a sentence that begins with the file. */
  String what() {
    return what;
  }
}
