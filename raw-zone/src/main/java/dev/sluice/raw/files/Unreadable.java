package dev.sluice.raw.files;

/** A file's content is not what it should be; has no part of the content in its text. */
final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Aside why;

  Unreadable(Aside why) {
    super(why.name(), null, false, false);
    this.why = why;
  }

  Aside why() {
    return why;
  }
}
