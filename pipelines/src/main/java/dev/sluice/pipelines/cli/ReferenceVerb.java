package dev.sluice.pipelines.cli;

import picocli.CommandLine.Command;

/** {@code sluice reference}: reference data in Postgres. */
@Command(
    name = "reference",
    description = "Reference data, which is kept in Postgres.",
    subcommands = ReferenceLoad.class)
public final class ReferenceVerb {}
