package dev.sluice.pipelines.generate;

/**
 * One message, as it goes to a topic.
 *
 * @param value its bytes; never contain a line break
 * @param kind {@code good}, {@code late}, {@code resend}, {@code conflict} or {@code broken:<how>}
 */
@SuppressWarnings("ArrayRecordComponent")
public record GeneratedMessage(byte[] value, String kind) {
  @Override
  public String toString() {
    return "GeneratedMessage[" + kind + ", " + value.length + " bytes]";
  }
}
