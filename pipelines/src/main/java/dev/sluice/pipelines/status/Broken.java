package dev.sluice.pipelines.status;

/**
 * A promise that is not kept.
 *
 * @param quality whether rows are missing; else time is
 * @param what one sentence
 */
public record Broken(boolean quality, String what) {}
