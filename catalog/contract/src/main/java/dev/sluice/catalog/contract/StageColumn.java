package dev.sluice.catalog.contract;

/**
 * One column of a stage table and where it comes from.
 *
 * @param keyPosition place in the business key from 1; 0 when it is no part of it
 */
public record StageColumn(
    String name,
    ColumnType type,
    boolean required,
    int keyPosition,
    ColumnClasses classes,
    PrivacyMethod privacy,
    SourceField source,
    String description) {

  /** A column of one classification. */
  public StageColumn(
      String name,
      ColumnType type,
      boolean required,
      int keyPosition,
      Classification classification,
      PrivacyMethod privacy,
      SourceField source,
      String description) {
    this(
        name,
        type,
        required,
        keyPosition,
        ColumnClasses.of(classification),
        privacy,
        source,
        description);
  }

  /** The most telling one of its parts. */
  public Classification classification() {
    return classes.mostTelling();
  }

  public boolean isKey() {
    return keyPosition > 0;
  }

  /** Whether the column exists in stage; a dropped one is only read and checked. */
  public boolean reachesStage() {
    return !(privacy instanceof PrivacyMethod.Drop);
  }
}
