package dev.sluice.catalog.tables;

import dev.sluice.catalog.position.Head;
import dev.sluice.catalog.position.Stamp;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The guard's decision on one commit: from the metadata it is based on and the metadata it proposes
 * to the metadata to swap in, or a refusal. Pure: no catalog, no files, no clock.
 */
final class DecideCommit {
  static final String KEY_ID = "encryption.key-id";
  private final Set<Rule> rules;

  DecideCommit(Set<Rule> rules) {
    this.rules = Set.copyOf(rules);
  }

  /**
   * What to swap in.
   *
   * @param movesMain whether main moves, or the table is made
   * @param stamp the newest stamp that comes to main
   */
  record Agreed(TableMetadata metadata, boolean movesMain, Optional<Stamp> stamp) {}

  /**
   * Decides.
   *
   * @param base what the commit is based on; null for a new table
   * @throws Refused when it does not fit; its files may be deleted
   * @throws MainWouldGoBack when main would; its files may be live
   */
  Agreed on(String table, @Nullable TableMetadata base, TableMetadata next) {
    if (base == null && next.metadataFileLocation() != null) {
      check(
          !rules.contains(Rule.REGISTER),
          Refused.Why.UNPROVEN,
          table + " would get metadata that was written elsewhere; restore it by registerAsItIs");
      return new Agreed(next, true, Optional.empty());
    }
    checkKey(table, next);
    checkProperties(table, base, next);
    boolean governed =
        GovernedTables.isGoverned(next.properties())
            || (base != null && GovernedTables.isGoverned(base.properties()));
    MainMove move = MainMove.between(base, next);
    checkMove(table, move, base, governed);
    if (base != null && governed) {
      checkContract(table, base, next);
    }
    return move instanceof MainMove.Forward forward
        ? forward(table, base, next, forward.snapshots(), governed)
        : new Agreed(next, base == null, Optional.empty());
  }

  private void checkKey(String table, TableMetadata next) {
    check(
        !rules.contains(Rule.KEY) || !next.properties().containsKey(KEY_ID),
        Refused.Why.KEY,
        table
            + " asks for encryption ("
            + KEY_ID
            + "), which this catalog does not give and would ignore; remove the property, the"
            + " storage encrypts");
  }

  private void checkProperties(String table, @Nullable TableMetadata base, TableMetadata next) {
    if (!rules.contains(Rule.OWN_PROPERTIES)) {
      return;
    }
    Map<String, String> before = base == null ? Map.of() : base.properties();
    List<String> own =
        base == null
            ? List.of(GovernedTables.HEAD, GovernedTables.TOUCHED)
            : List.of(GovernedTables.HEAD, GovernedTables.TOUCHED, GovernedTables.GOVERNED);
    for (String name : own) {
      check(
          Objects.equals(before.get(name), next.properties().get(name)),
          Refused.Why.HEAD_TAMPERED,
          "property "
              + name
              + " of "
              + table
              + " is kept by the guard and changes only with stamps and by rewind");
    }
  }

  private void checkMove(
      String table, MainMove move, @Nullable TableMetadata base, boolean governed) {
    if (move instanceof MainMove.Back back && rules.contains(Rule.FORWARD_ONLY)) {
      throw new MainWouldGoBack(table, back.from(), back.to());
    }
    if (move instanceof MainMove.Cut cut && rules.contains(Rule.PROVEN)) {
      throw new Refused(
          Refused.Why.UNPROVEN,
          "the way to the new main of "
              + table
              + " leads over snapshot "
              + cut.missing()
              + ", which is gone; write the rows again from the current head");
    }
    boolean kept = governed || (base != null && base.properties().containsKey(GovernedTables.HEAD));
    check(
        !(move instanceof MainMove.Elsewhere) || !kept || !rules.contains(Rule.REPLACE),
        Refused.Why.REPLACE,
        table + " has a head and would be replaced; write to it, or make another table");
  }

  private void checkContract(String table, TableMetadata base, TableMetadata next) {
    if (rules.contains(Rule.CONTRACT)) {
      ContractChange.forbidden(base, next)
          .ifPresent(
              what -> {
                throw new Refused(
                    Refused.Why.CONTRACT,
                    table + ": " + what + "; change the contract and apply it");
              });
    }
  }

  private Agreed forward(
      String table,
      @Nullable TableMetadata base,
      TableMetadata next,
      List<Snapshot> way,
      boolean governed) {
    StampReader stamps = new StampReader(table, id -> snapshot(id, base, next));
    ApplyStamp apply = new ApplyStamp(table, rules);
    Map<String, String> before = base == null ? Map.of() : base.properties();
    Head head = head(table, before);
    TouchedLog touched = Heads.log(before);
    Optional<Stamp> newest = Optional.empty();
    for (Snapshot snapshot : way) {
      Optional<Stamp> found = read(stamps, snapshot);
      if (found.isEmpty()) {
        checkBare(table, snapshot, governed);
        continue;
      }
      Stamp stamp = found.get();
      checkBranch(table, base, snapshot, stamp);
      head = apply.on(head, stamp);
      touched = touched.with(head.edition(), stamp.touched());
      newest = found;
    }
    return new Agreed(newest.isEmpty() ? next : withHead(next, head, touched), true, newest);
  }

  private Optional<Stamp> read(StampReader stamps, Snapshot snapshot) {
    try {
      return stamps.of(snapshot);
    } catch (Refused unproven) {
      if (rules.contains(Rule.PROVEN)) {
        throw unproven;
      }
      return Optional.empty();
    }
  }

  private void checkBare(String table, Snapshot snapshot, boolean governed) {
    check(
        !rules.contains(Rule.STAMPED) || !governed || !RowChanges.in(snapshot),
        Refused.Why.UNSTAMPED,
        "rows of "
            + table
            + " would change (operation "
            + snapshot.operation()
            + ") without a stamp; write through the jobs, or pass the stamp as snapshot property "
            + Stamp.SUMMARY_KEY);
  }

  private void checkBranch(
      String table, @Nullable TableMetadata base, Snapshot snapshot, Stamp stamp) {
    boolean direct =
        !StampReader.isPicked(snapshot)
            && (base == null || base.snapshot(snapshot.snapshotId()) == null);
    check(
        !rules.contains(Rule.BRANCH) || !direct || stamp.branch().isEmpty(),
        Refused.Why.WRONG_BRANCH,
        "run "
            + stamp.run()
            + " meant branch "
            + stamp.branch().orElse("main")
            + " of "
            + table
            + " and wrote to main; write to \"t.branch_<name>\", the writer's branch option is"
            + " ignored");
  }

  static TableMetadata withHead(TableMetadata next, Head head, TouchedLog touched) {
    return TableMetadata.buildFrom(next)
        .setProperties(
            touched.equals(TouchedLog.EMPTY)
                ? Map.of(GovernedTables.HEAD, HeadText.write(head))
                : Map.of(
                    GovernedTables.HEAD,
                    HeadText.write(head),
                    GovernedTables.TOUCHED,
                    touched.write()))
        .build();
  }

  private static Head head(String table, Map<String, String> properties) {
    try {
      return Heads.of(properties);
    } catch (UnreadableText e) {
      throw new Refused(
          Refused.Why.HEAD_TAMPERED,
          "the head of " + table + " cannot be read (" + e.getMessage() + ")",
          e);
    }
  }

  private static @Nullable Snapshot snapshot(
      long id, @Nullable TableMetadata base, TableMetadata next) {
    Snapshot there = next.snapshot(id);
    return there == null && base != null ? base.snapshot(id) : there;
  }

  private static void check(boolean holds, Refused.Why why, String message) {
    if (!holds) {
      throw new Refused(why, message);
    }
  }
}
