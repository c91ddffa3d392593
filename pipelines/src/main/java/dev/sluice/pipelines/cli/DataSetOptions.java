package dev.sluice.pipelines.cli;

import dev.sluice.catalog.contract.DataContract;
import dev.sluice.catalog.contract.TenantId;
import dev.sluice.pipelines.runner.WrongUsage;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which data sets of which tenants a verb works on; all when none is named. */
final class DataSetOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "CONTRACT",
      description = "Id of a data contract, such as video-detections (default: all).")
  private @Nullable String contract;

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "One tenant (default: all tenants of the contract).")
  private @Nullable String tenant;

  private @Nullable String product;

  /** The data sets that declare a product. */
  static DataSetOptions ofProduct(String product, @Nullable String tenant) {
    DataSetOptions options = new DataSetOptions();
    options.product = product;
    options.tenant = tenant;
    return options;
  }

  /** A data set of a tenant. */
  record Chosen(DataContract contract, TenantId tenant) {}

  /** Whether the command line names a contract. */
  boolean isNamed() {
    return contract != null;
  }

  /** What was chosen; a name that no contract has is a wrong command line. */
  List<Chosen> of(List<DataContract> contracts) {
    List<Chosen> chosen =
        contracts(contracts).stream()
            .flatMap(c -> c.tenants().stream().map(t -> new Chosen(c, t)))
            .filter(c -> tenant == null || c.tenant().name().equals(tenant))
            .toList();
    if (chosen.isEmpty()) {
      throw wrong("No chosen contract serves the tenant '" + tenant + "'");
    }
    return chosen;
  }

  /** The tenants of a contract that were chosen. */
  List<TenantId> tenants(DataContract each) {
    return each.tenants().stream()
        .filter(one -> tenant == null || one.name().equals(tenant))
        .toList();
  }

  List<DataContract> contracts(List<DataContract> all) {
    if (product != null) {
      return declaring(product, all);
    }
    if (contract == null) {
      return all;
    }
    List<DataContract> named = all.stream().filter(c -> c.id().equals(contract)).toList();
    if (named.isEmpty()) {
      throw wrong(
          "There is no contract '"
              + contract
              + "'; there are: "
              + all.stream().map(DataContract::id).collect(Collectors.joining(", ")));
    }
    return named;
  }

  private List<DataContract> declaring(String name, List<DataContract> all) {
    List<DataContract> found = all.stream().filter(c -> c.product(name).isPresent()).toList();
    if (found.isEmpty()) {
      throw wrong("No contract declares a product '" + name + "'");
    }
    return found;
  }

  private RuntimeException wrong(String message) {
    CommandSpec own = spec;
    return own == null
        ? new WrongUsage(message)
        : new ParameterException(own.commandLine(), message);
  }
}
