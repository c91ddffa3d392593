package dev.sluice.raw.files;

/** Why a file does not land; it stays where it is, and is looked at again when it changes. */
public enum Aside {
  /** There is no record in it. */
  EMPTY("holds no record"),
  /** It ends in the middle. */
  TRUNCATED("ends in the middle; drop it again whole"),
  /** Its compression or its inner form is damaged. */
  BROKEN("is damaged; drop it again"),
  /** It is of another format than the contract says. */
  NOT_THE_FORMAT("is not of the contract's format; correct the contract or take the file away"),
  /** A CSV file whose first record names none of the contract's columns. */
  BAD_HEADER("begins with a record that names no column of the contract; correct one of them"),
  /** A text file that is not UTF-8 from its begin. */
  NOT_UTF8("is not UTF-8; drop it again in UTF-8"),
  /** A CSV file with a quote that is never closed. */
  OPEN_QUOTE("has a quote that is never closed, so it may be cut off; drop it again whole"),
  /** A record of more bytes than raw takes. */
  RECORD_TOO_LARGE("has a record of more bytes than raw takes; split it"),
  /** A kind of values that cannot be read without loss. */
  UNSUPPORTED("has unsigned numbers of 32 or 64 bits, which cannot be read without loss");

  private final String what;

  Aside(String what) {
    this.what = what;
  }

  /** The end of a sentence that begins with the file. */
  public String what() {
    return what;
  }
}
