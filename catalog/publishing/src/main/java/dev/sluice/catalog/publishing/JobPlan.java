package dev.sluice.catalog.publishing;

import java.util.List;

/**
 * What a job would do, found out without doing it.
 *
 * @param lines for people, one fact a line, without clear values of rows
 * @param nothingToDo whether a run would end with nothing to do
 */
public record JobPlan(List<String> lines, boolean nothingToDo) {
  public JobPlan {
    lines = List.copyOf(lines);
  }
}
