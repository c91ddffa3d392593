package dev.sluice.pipelines.cli;

import picocli.CommandLine.Command;

/** {@code sluice contracts}: check contracts, create what they declare. */
@Command(
    name = "contracts",
    description = "Data contracts: check them, create their tables.",
    subcommands = {ContractsLint.class, ContractsApply.class})
public final class Contracts {}
