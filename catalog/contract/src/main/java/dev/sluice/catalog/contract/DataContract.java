package dev.sluice.catalog.contract;

import java.util.List;
import java.util.Optional;

/**
 * One data set: where it comes from, what its tables hold and what may leave. Read from an ODCS
 * v3.2.0 file; see docs/contracts.md for the form.
 *
 * @param id for example {@code video-detections}
 * @param version semantic version
 * @param upkeep how its tables are kept in order
 * @param levels what it promises about time
 * @param text the file as it was read, kept so that a version can be stored and found again
 */
public record DataContract(
    String id,
    String version,
    List<TenantId> tenants,
    Source source,
    StageTable stage,
    List<ReferenceTable> references,
    List<Product> products,
    String owner,
    UpkeepOfTables upkeep,
    ServiceLevels levels,
    String text,
    Evolution evolution) {

  public DataContract {
    tenants = List.copyOf(tenants);
    references = List.copyOf(references);
    products = List.copyOf(products);
  }

  /** A contract whose tables are kept in order as by default, and that promises nothing. */
  public DataContract(
      String id,
      String version,
      List<TenantId> tenants,
      Source source,
      StageTable stage,
      List<ReferenceTable> references,
      List<Product> products,
      String owner,
      String text) {
    this(
        id,
        version,
        tenants,
        source,
        stage,
        references,
        products,
        owner,
        UpkeepOfTables.DEFAULT,
        ServiceLevels.NONE,
        text,
        Evolution.NONE);
  }

  /** The same contract with another word on change over time. */
  public DataContract with(Evolution other) {
    return new DataContract(
        id,
        version,
        tenants,
        source,
        stage,
        references,
        products,
        owner,
        upkeep,
        levels,
        text,
        other);
  }

  /**
   * Where rows come from: a topic, a folder, or both.
   *
   * @param topicTemplate empty for a contract without a topic
   * @param folder empty for a contract without files
   */
  public record Source(
      Optional<String> topicTemplate,
      Format format,
      long maxRowsPerBatch,
      int maxDepth,
      int maxMessageBytes,
      Optional<DropFolder> folder) {

    public Source {
      if (topicTemplate.isEmpty() && folder.isEmpty()) {
        throw new IllegalArgumentException("A source is a topic, a folder or both");
      }
    }

    /** A topic alone. */
    public Source(
        String topicTemplate,
        Format format,
        long maxRowsPerBatch,
        int maxDepth,
        int maxMessageBytes) {
      this(
          Optional.of(topicTemplate),
          format,
          maxRowsPerBatch,
          maxDepth,
          maxMessageBytes,
          Optional.empty());
    }

    public boolean hasTopic() {
      return topicTemplate.isPresent();
    }

    /**
     * The tenant's topic.
     *
     * @throws IllegalStateException for a contract without a topic; ask {@link #hasTopic} first
     */
    public String topic(TenantId tenant) {
      return topicTemplate
          .orElseThrow(() -> new IllegalStateException("The contract names no topic"))
          .replace("${TENANT}", tenant.name());
    }
  }

  /** How a message of a topic is written. */
  public enum Format {
    JSON
  }

  /** Name of the raw, quarantine and stage tables: the id with underscores. */
  public String tableName() {
    return id.replace('-', '_');
  }

  public String rawTable(TenantId tenant) {
    return Zone.RAW.table(tenant, tableName());
  }

  public String quarantineTable(TenantId tenant) {
    return Zone.QUARANTINE.table(tenant, tableName());
  }

  public String stageTable(TenantId tenant) {
    return Zone.STAGE.table(tenant, stage.name());
  }

  /** The table behind an input of one of this contract's products; empty when none declares it. */
  public Optional<String> inputTable(TenantId tenant, Product.Input input) {
    if (input.neighbour().isPresent()) {
      return Optional.of(Zone.STAGE.table(tenant, input.table()));
    }
    return input.table().equals(stage.name())
        ? Optional.of(stageTable(tenant))
        : references.stream()
            .filter(reference -> reference.name().equals(input.table()))
            .map(reference -> Zone.REFERENCE.table(tenant, reference.name()))
            .findFirst();
  }

  /** The same data set with these products. */
  public DataContract with(List<Product> made) {
    return new DataContract(
        id,
        version,
        tenants,
        source,
        stage,
        references,
        made,
        owner,
        upkeep,
        levels,
        text,
        evolution);
  }

  public Optional<Product> product(String name) {
    return products.stream().filter(p -> p.name().equals(name)).findFirst();
  }

  /** SHA-256 of what this version says, the SQL it points to included. */
  public String hash() {
    return ContractHash.of(this);
  }

  @Override
  public String toString() {
    return id + " " + version;
  }
}
