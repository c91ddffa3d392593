package dev.sluice.tests.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A meter reading as its senders know it. Version 1 sends {@code used}, cents and, after a while,
 * fields that the contract has not heard of; version 2 has another name for what was used, and a
 * price as text.
 */
record MeterReading(long reading, int version, long used) {

  static List<MeterReading> some(int version, long from, int count) {
    return LongStream.range(from, from + count)
        .mapToObj(n -> new MeterReading(n, version, 10 + n))
        .toList();
  }

  /** More than an int holds. */
  static List<MeterReading> large(int version, long from, int count) {
    return LongStream.range(from, from + count)
        .mapToObj(n -> new MeterReading(n, version, 5_000_000_000L + n))
        .toList();
  }

  String tariff() {
    return reading % 2 == 0 ? "night" : "day";
  }

  double pressure() {
    return 1.5 + reading;
  }

  /** Without a version when it is of the first. */
  String json() {
    List<String> fields = new ArrayList<>();
    fields.add("\"reading\":" + reading);
    fields.add("\"meter\":\"M" + reading % 5 + "\"");
    fields.add("\"read_at\":\"2026-0" + (1 + reading % 9) + "-10T10:00:00Z\"");
    fields.add("\"tariff\":\"" + tariff() + "\"");
    fields.add("\"pressure\":" + pressure());
    fields.add("\"place\":{\"cellar\":1,\"shelf\":" + reading % 3 + "}");
    if (version == 1) {
      fields.add("\"used\":" + used);
      fields.add("\"cost\":" + 100 * reading);
      fields.add("\"note\":\"seen by no one\"");
    } else {
      fields.add("\"consumed\":" + used);
      fields.add("\"cost\":" + reading + ".00");
      fields.add("\"v\":\"" + version + "\"");
    }
    return "{" + String.join(",", fields) + "}";
  }
}
