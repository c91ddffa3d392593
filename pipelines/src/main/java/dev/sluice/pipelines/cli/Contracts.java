package dev.sluice.pipelines.cli;

import picocli.CommandLine.Command;

/** {@code sluice contracts}: check contracts, plan and apply what they declare. */
@Command(
    name = "contracts",
    description = "Data contracts: check them, plan and apply what they change.",
    subcommands = {ContractsLint.class, ContractsPlan.class, ContractsApply.class})
public final class Contracts {}
