package dev.sluice.pipelines.cli;

import picocli.CommandLine.Command;

/**
 * {@code sluice contracts}: check contracts, plan and apply what they declare, fill columns that
 * came late.
 */
@Command(
    name = "contracts",
    description = "Data contracts: check them, plan and apply what they change, fill new columns.",
    subcommands = {
      ContractsLint.class,
      ContractsPlan.class,
      ContractsApply.class,
      ContractsSidefill.class
    })
public final class Contracts {}
