package dev.sluice.refined;

import java.time.Instant;
import java.util.Optional;

/** Where recipes of dropped products are kept. */
public interface Recipes {

  /** A recipe and when it was made, just before its product was dropped. */
  record Kept(Recipe recipe, Instant at) {}

  /** Keeps a recipe durably; the product may be dropped when this returns. */
  void keep(Recipe recipe, String run);

  /** The newest recipe of a product's table. */
  Optional<Kept> of(String table);
}
