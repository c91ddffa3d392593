package dev.sluice.pipelines.cli;

import picocli.CommandLine.Command;

/** {@code sluice quarantine}: rows that wait for a fix. */
@Command(
    name = "quarantine",
    description =
        "Rows that could not be promoted: list them, look at one, promote them after a fix.",
    subcommands = {QuarantineList.class, QuarantineShow.class, QuarantineReplay.class})
public final class Quarantine {}
