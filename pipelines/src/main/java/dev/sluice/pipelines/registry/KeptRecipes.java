package dev.sluice.pipelines.registry;

import dev.sluice.refined.Recipe;
import dev.sluice.refined.Recipes;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;

/** Recipes of dropped products, kept in Postgres. */
public final class KeptRecipes implements Recipes {
  private final Database database;

  public KeptRecipes(Database database) {
    this.database = database;
  }

  @Override
  public void keep(Recipe recipe, String run) {
    int unused =
        database.inTransaction(
            connection -> {
              try (PreparedStatement statement =
                  connection.prepareStatement(
                      "INSERT INTO sluice.recipe (table_name, run_id, recipe)"
                          + " VALUES (?, ?, ?::jsonb)")) {
                statement.setString(1, recipe.table());
                statement.setString(2, run);
                statement.setString(3, RecipeText.write(recipe));
                return statement.executeUpdate();
              }
            });
  }

  @Override
  public Optional<Kept> of(String table) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT recipe, at FROM sluice.recipe WHERE table_name = ?"
                      + " ORDER BY at DESC LIMIT 1")) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
              return row.next()
                  ? Optional.of(
                      new Kept(RecipeText.read(row.getString(1)), row.getTimestamp(2).toInstant()))
                  : Optional.empty();
            }
          }
        });
  }
}
