package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.DataContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One contract while it is read. */
final class Draft {
  private final Path folder;
  private final Faults faults;
  private final Map<String, Place> places = new HashMap<>();
  private final Map<String, DeclaredContract.Origin> origins = new HashMap<>();
  private final List<DeclaredContract.ForeignKey> foreignKeys = new ArrayList<>();
  private final Map<String, String> neighbours = new HashMap<>();

  Draft(Path folder, Faults faults) {
    this.folder = folder;
    this.faults = faults;
  }

  Path folder() {
    return folder;
  }

  Faults faults() {
    return faults;
  }

  void place(String part, int line) {
    places.put(part, faults.place(line));
  }

  void place(String part, Place place) {
    places.put(part, place);
  }

  void origin(String column, DeclaredContract.Origin origin) {
    origins.put(column, origin);
  }

  void foreignKey(String table, String column, String to, int line) {
    foreignKeys.add(new DeclaredContract.ForeignKey(table, column, to, faults.place(line)));
  }

  void neighbour(String input, String contract) {
    neighbours.put(input, contract);
  }

  DeclaredContract declared(DataContract contract) {
    return new DeclaredContract(
        contract, new Places(faults.place(1), places), origins, foreignKeys, neighbours);
  }
}
