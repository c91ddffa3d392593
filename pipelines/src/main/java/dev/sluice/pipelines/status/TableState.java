package dev.sluice.pipelines.status;

import dev.sluice.catalog.position.Head;

/** A table of the lake as it stands: its rows and its head. */
public record TableState(String name, long rows, Head head) {}
