package dev.sluice.catalog.contract.read;

import dev.sluice.catalog.contract.DataContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of the declared lakehouse: {@code *.odcs.yaml} files and the SQL they point to. */
public final class ContractFolder {
  private static final String ENDING = ".odcs.yaml";
  private static final long LONGEST = 4_000_000;

  private ContractFolder() {}

  /**
   * What a folder holds, as far as it can be read, and everything that is wrong with it.
   *
   * @param contracts in the order of their files; those with faults too, when enough of them could
   *     be read for other checks
   */
  public record Examined(List<DeclaredContract> contracts, List<Fault> faults) {
    public Examined {
      contracts = List.copyOf(contracts);
      faults = faults.stream().sorted().distinct().toList();
    }
  }

  /**
   * All contracts of a folder, read and linted.
   *
   * @throws ContractFaults with everything that is wrong
   */
  public static List<DataContract> read(Path folder) {
    Examined examined = examine(folder);
    if (!examined.faults().isEmpty()) {
      throw new ContractFaults(examined.faults());
    }
    return examined.contracts().stream().map(DeclaredContract::contract).toList();
  }

  /** Reads and lints without throwing, for whoever adds checks of their own. */
  public static Examined examine(Path folder) {
    List<DeclaredContract> contracts = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    List<Path> files = files(folder, faults);
    for (Path file : files) {
      Faults found = new Faults(file.getFileName().toString());
      text(file, found).flatMap(text -> declared(folder, text, found)).ifPresent(contracts::add);
      faults.addAll(found.list());
    }
    List<DeclaredContract> beside = FindNeighbours.in(contracts, faults);
    faults.addAll(LintContracts.lint(beside));
    return new Examined(beside, faults);
  }

  private static Optional<DeclaredContract> declared(Path folder, String text, Faults faults) {
    return ReadYaml.read(text, faults)
        .flatMap(yaml -> Section.of("The contract", yaml, faults))
        .flatMap(root -> ReadContract.of(root, text, new Draft(folder, faults)));
  }

  private static List<Path> files(Path folder, List<Fault> faults) {
    if (!Files.isDirectory(folder)) {
      faults.add(new Fault(folder.toString(), 1, "There is no such folder of contracts"));
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files =
          entries.filter(f -> isContract(f.getFileName().toString())).sorted().toList();
      if (files.isEmpty()) {
        faults.add(new Fault(folder.toString(), 1, "No file of this folder ends with " + ENDING));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("The folder of contracts cannot be listed: " + folder, e);
    }
  }

  /** Editors keep locks and copies beside a file, under names that begin with a dot. */
  private static boolean isContract(String name) {
    return name.endsWith(ENDING) && !name.startsWith(".");
  }

  private static Optional<String> text(Path file, Faults faults) {
    if (!Files.isRegularFile(file)) {
      faults.add(1, "Expected a file; this is a folder, or a link that leads to none. Rename it");
      return Optional.empty();
    }
    try {
      if (Files.size(file) > LONGEST) {
        faults.add(1, "The file is longer than " + LONGEST + " bytes");
        return Optional.empty();
      }
      return Optional.of(Files.readString(file));
    } catch (CharacterCodingException e) {
      faults.add(1, "The file is not UTF-8");
      return Optional.empty();
    } catch (IOException e) {
      faults.add(
          1, "The file cannot be read (" + e.getClass().getSimpleName() + "); look at its rights");
      return Optional.empty();
    }
  }
}
