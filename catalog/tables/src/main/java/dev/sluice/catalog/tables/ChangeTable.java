package dev.sluice.catalog.tables;

import org.apache.iceberg.ReplaceSortOrder;
import org.apache.iceberg.SortDirection;
import org.apache.iceberg.SortField;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;

/** Does what a plan says, in one commit that the guard judges like any other. */
final class ChangeTable {
  private ChangeTable() {}

  /**
   * Changes the table.
   *
   * @throws Refused when the guard sees in it what no contract's version allows
   * @throws org.apache.iceberg.exceptions.CommitFailedException when the table changed meanwhile
   */
  static void to(TableForm form, Table table, TablePlan plan) {
    Transaction change = table.newTransaction();
    if (plan.changesColumns()) {
      change(change.updateSchema(), plan);
      UpdateSchema adding = change.updateSchema();
      plan.steps().forEach(step -> add(adding, step));
      adding.commit();
    }
    if (plan.reordered()) {
      sort(form, change.replaceSortOrder());
    }
    UpdateProperties properties = change.updateProperties();
    plan.properties().forEach(properties::set);
    properties.commit();
    change.commitTransaction();
  }

  private static void change(UpdateSchema update, TablePlan plan) {
    for (ColumnStep step : plan.steps()) {
      if (step instanceof ColumnStep.Widen widen) {
        update.updateColumn(widen.path(), widen.to());
      } else if (step instanceof ColumnStep.Relax relax) {
        update.makeColumnOptional(relax.path());
      } else if (step instanceof ColumnStep.Rename rename) {
        update.renameColumn(rename.path(), rename.to());
      } else if (step instanceof ColumnStep.StepAside aside) {
        update.makeColumnOptional(aside.name()).renameColumn(aside.name(), aside.to());
      }
    }
    update.commit();
  }

  /** Names that were taken are free by now. */
  private static void add(UpdateSchema update, ColumnStep step) {
    if (step instanceof ColumnStep.Add add) {
      String doc = add.doc().isEmpty() ? null : add.doc();
      if (add.parent().isEmpty()) {
        update.addColumn(add.name(), add.type(), doc);
      } else {
        update.addColumn(add.parent(), add.name(), add.type(), doc);
      }
    }
  }

  private static void sort(TableForm form, ReplaceSortOrder order) {
    for (SortField field : form.order().fields()) {
      String name = form.schema().findColumnName(field.sourceId());
      if (field.direction() == SortDirection.ASC) {
        order.asc(name, field.nullOrder());
      } else {
        order.desc(name, field.nullOrder());
      }
    }
    order.commit();
  }
}
