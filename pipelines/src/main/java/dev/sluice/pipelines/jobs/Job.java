package dev.sluice.pipelines.jobs;

import dev.sluice.catalog.publishing.JobPlan;
import dev.sluice.catalog.run.JobOutcome;
import dev.sluice.pipelines.runner.StepPlace;
import java.util.function.Supplier;

/** A job that is wired and may be run, or asked what it would do. */
public record Job(StepPlace place, Supplier<JobOutcome> run, Supplier<JobPlan> plan) {}
