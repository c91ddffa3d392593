package dev.sluice.refined.export;

import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.TableId;
import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.run.RunContext;
import dev.sluice.refined.anonymity.AnonymityFigures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The row of {@code _export_ledger} that one export appends.
 *
 * @param policy fingerprint of the policy by which the gate judged
 * @param bytes size of the file that was loaded; 0 when no row left
 * @param fileHash its SHA-256; empty when no row left
 */
record LedgerEntry(
    ExportTable table,
    ExportPlan plan,
    AnonymityFigures gate,
    String policy,
    Checksum checksum,
    long bytes,
    String fileHash,
    DataContract contract,
    RunContext run) {
  /** Where the fingerprint stands among the gate's figures. */
  static final String POLICY = "policy";

  /** Where those of the pending partitions stand there of which too much is suppressed. */
  static final String WITHHELD = "withheld";

  /**
   * Hash of what defines the export: whoever reruns it computes the same. The snapshot is not part
   * of it, for compaction changes no row.
   */
  String hash() {
    return Sha256.of(
        table.project(),
        table.name(),
        plan.base().positionText(),
        plan.untilText(),
        Long.toString(plan.base().exportNo()),
        PositionText.writeList(plan.leaving().keySet()),
        PositionText.writeList(plan.pending().keySet()),
        PositionText.writeList(plan.withheld().keySet()),
        contract.hash(),
        fileHash);
  }

  /** Id of a job of this export, without the attempt's number. */
  String jobId(String act) {
    return "exp_"
        + act
        + "_"
        + table.tenant().name()
        + "_"
        + table.product()
        + "_"
        + plan.base().exportNo()
        + "_"
        + hash();
  }

  static String insertInto(TableId ledger) {
    return "INSERT INTO "
        + ExportTable.sql(ledger)
        + " (table_name, export_no, base_position, until_position, refined_snapshot_id, row_cnt,"
        + " checksum, bytes, partition_cnt, pending, gate, contract_id, contract_version,"
        + " contract_hash, run_id, code_version, committed_at) VALUES (@t, @no + 1, @base, @until,"
        + " @snapshot, @row_cnt, @checksum, @byte_cnt, @partition_cnt, @pending, @gate, @contract_id,"
        + " @contract_version, @contract_hash, @run_id, @code_version, CURRENT_TIMESTAMP());\n";
  }

  /** The parameters of {@link #insertInto} that are not the swap's own. */
  Map<String, QueryParameterValue> parameters() {
    Map<String, QueryParameterValue> values = new LinkedHashMap<>();
    values.put("snapshot", QueryParameterValue.int64(plan.snapshot()));
    values.put("row_cnt", QueryParameterValue.int64(checksum.rows()));
    values.put("checksum", QueryParameterValue.string(checksum.text()));
    values.put("byte_cnt", QueryParameterValue.int64(bytes));
    values.put("partition_cnt", QueryParameterValue.int64(plan.leaving().size()));
    values.put("pending", QueryParameterValue.string(PositionText.writeList(plan.unsent())));
    values.put("gate", QueryParameterValue.string(PositionText.writeMap(gateFigures())));
    values.put("contract_id", QueryParameterValue.string(contract.id()));
    values.put("contract_version", QueryParameterValue.string(contract.version()));
    values.put("contract_hash", QueryParameterValue.string(contract.hash()));
    values.put("run_id", QueryParameterValue.string(run.id()));
    values.put("code_version", QueryParameterValue.string(run.codeVersion()));
    return values;
  }

  private Map<String, Object> gateFigures() {
    Map<String, Object> figures = new TreeMap<>();
    figures.put("rows", gate.rows());
    figures.put("classes", gate.classes());
    figures.put("smallestClass", gate.smallestClass());
    figures.put("exposed", gate.exposed());
    figures.put(
        "suppressed",
        gate.suppressed().entrySet().stream()
            .collect(Collectors.toMap(e -> e.getKey().name(), Map.Entry::getValue)));
    figures.put("suppressedShare", gate.suppressedShare());
    figures.put(POLICY, policy);
    figures.put(WITHHELD, List.copyOf(plan.withheld().keySet()));
    return figures;
  }
}
