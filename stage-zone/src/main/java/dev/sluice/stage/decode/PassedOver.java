package dev.sluice.stage.decode;

/** Learns of parts of objects that a reader does not know. */
interface PassedOver {
  void part(String object, String part);
}
