package dev.sluice.catalog.contract;

import java.time.Duration;
import java.time.Instant;

/**
 * Which column says when the event happened, and what is absurd. Lateness is never absurd.
 *
 * @param earliest events before it are set aside
 * @param latestAfterArrival events later than their arrival plus this are set aside
 */
public record EventTime(String column, Instant earliest, Duration latestAfterArrival) {}
