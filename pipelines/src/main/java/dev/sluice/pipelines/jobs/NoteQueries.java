package dev.sluice.pipelines.jobs;

import dev.sluice.pipelines.query.WatchReads;
import dev.sluice.pipelines.registry.KeptRecipes;
import java.util.Optional;
import java.util.Set;

/** Notes what queries read in the registry, and knows the products that were dropped. */
public record NoteQueries(Lakehouse lakehouse) implements WatchReads {

  @Override
  public Optional<String> whyGone(String table) {
    return new DroppedProducts(new KeptRecipes(lakehouse.database()), lakehouse.lake().catalog())
        .told(table);
  }

  @Override
  public void read(Set<String> tables) {
    lakehouse.uses().queried(tables);
  }
}
