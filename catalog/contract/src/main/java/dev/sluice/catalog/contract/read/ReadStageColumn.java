package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.PrivacyMethod;
import dev.sluice.catalog.contract.SetRule;
import dev.sluice.catalog.contract.SourceField;
import dev.sluice.catalog.contract.StageColumn;
import java.util.List;
import java.util.Optional;

/** Reads one column of the stage table. */
final class ReadStageColumn {
  private final String table;
  private final Draft draft;
  private final ColumnHeading heading = new ColumnHeading();

  ReadStageColumn(String table, Draft draft) {
    this.table = table;
    this.draft = draft;
  }

  /** The column; its set rules go into {@code rules}. */
  Optional<StageColumn> read(Section property, List<SetRule> rules) {
    Optional<String> name = heading.name(property);
    Section column = name.map(n -> property.named("column " + n)).orElse(property);
    column.known("transformSourceObjects", "transformLogic");
    ReadType.Shape shape = new ReadType(draft.faults()).of(column);
    boolean required = column.truth("required").orElse(false);
    int position = ColumnHeading.keyPosition(column);
    String description = column.text("description").orElse("");
    Section custom = column.custom();
    PrivacyMethod privacy = ReadPrivacy.of(column, custom, shape.type());
    SourceField source =
        ReadSourceField.of(column, custom, name.orElse("unnamed"), shape.type(), privacy);
    custom.done();
    rules.addAll(ReadSetRules.of(column, "stage", name, draft));
    name.ifPresent(n -> ColumnHeading.foreignKeys(column, table, n, draft));
    column.known("relationships");
    column.done();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    draft.place("stage.column." + name.get(), column.line("name"));
    draft.place("stage.column." + name.get() + ".source", custom.line("source"));
    draft.place("stage.column." + name.get() + ".privacy", custom.line("privacy"));
    return Optional.of(
        new StageColumn(
            name.get(),
            shape.type(),
            required,
            position,
            shape.classes(),
            privacy,
            source,
            description));
  }
}
