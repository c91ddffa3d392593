package dev.sluice.tests.flow;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A parcel as the third data set's sender knows it. */
record Parcel(
    String scan,
    String sentOn,
    String depot,
    List<BigDecimal> weights,
    List<Integer> pieces,
    BigDecimal paid,
    String recipient) {
  private static final Map<String, String> CITIES =
      Map.of("D1", "Aalen", "D2", "Bonn", "D3", "Celle");

  static List<Parcel> some(long seed, int from, int count, List<String> days) {
    Random random = new Random(seed);
    return IntStream.range(from, from + count)
        .mapToObj(
            n ->
                new Parcel(
                    "S" + n,
                    days.get(random.nextInt(days.size())),
                    "D" + (1 + random.nextInt(3)),
                    numbers(random, 3),
                    random.ints(1 + random.nextInt(3), 1, 9).boxed().toList(),
                    BigDecimal.valueOf(random.nextInt(10_000_000), 2),
                    "recipient-" + random.nextInt(12) + "@homes.example"))
        .toList();
  }

  private static List<BigDecimal> numbers(Random random, int scale) {
    return random
        .ints(1 + random.nextInt(3), 1, 99_999)
        .mapToObj(n -> BigDecimal.valueOf(n, scale))
        .toList();
  }

  String city() {
    return CITIES.get(depot);
  }

  /** As it is sent. */
  String json() {
    String items =
        pieces.stream()
            .map(n -> "{\"sku\":\"sku-" + n + "\",\"pieces\":" + n + ",\"price\":" + n + ".50}")
            .collect(Collectors.joining(",", "[", "]"));
    return "{\"scan\":\"%s\",\"scanned_at\":\"%sT10:00:00Z\",\"sent_on\":\"%s\",\"depot\":{\"code\":\"%s\",\"dock\":7,\"address\":{\"city\":\"%s\",\"opened_on\":\"1999-12-31\"}},\"weights\":%s,\"items\":%s,\"paid\":%s,\"fragile\":true,\"recipient\":\"%s\"}"
        .formatted(scan, sentOn, sentOn, depot, city(), weights, items, paid, recipient);
  }

  /**
   * Lines such as {@code Aalen|north|2026-03-01|3|17|12.50|1.250} that hold at least k recipients.
   */
  static List<String> paidByCityDay(List<Parcel> parcels, Map<String, String> regions, int k) {
    Map<String, List<Parcel>> cells = new TreeMap<>();
    for (Parcel parcel : parcels) {
      String region = regions.getOrDefault(parcel.depot, "none");
      cells
          .computeIfAbsent(
              parcel.city() + "|" + region + "|" + parcel.sentOn, cell -> new ArrayList<>())
          .add(parcel);
    }
    return cells.entrySet().stream()
        .filter(cell -> cell.getValue().stream().map(Parcel::recipient).distinct().count() >= k)
        .map(cell -> cell.getKey() + "|" + figures(cell.getValue()))
        .toList();
  }

  private static String figures(List<Parcel> parcels) {
    int pieces = parcels.stream().flatMap(p -> p.pieces.stream()).mapToInt(n -> n).sum();
    BigDecimal paid = parcels.stream().map(Parcel::paid).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal heaviest =
        parcels.stream().flatMap(p -> p.weights.stream()).max(BigDecimal::compareTo).orElseThrow();
    return parcels.size() + "|" + pieces + "|" + plain(paid) + "|" + plain(heaviest);
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
