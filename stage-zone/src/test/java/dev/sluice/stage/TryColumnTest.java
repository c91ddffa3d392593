package dev.sluice.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.catalog.publishing.fixture.SharedLake;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TryColumnTest {
  /** Of a range, rows are computed by compiled code; of values, by the expressions themselves. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
      range(1, 2) AS (n) ; 1 / (n - 1) > 0 ;
      range(1, 2) AS (n) ; 1 / n > 0 ; true
      range(1, 2) AS (n) ; regexp_replace(repeat('de', cast(n * 50000 AS int)), '(d|e)*', '') = '' ;
      VALUES (1) AS (n) ; 1 / n > 0 ; true
      VALUES (1) AS (n) ; regexp_replace(repeat('de', cast(n * 50000 AS int)), '(d|e)*', '') = '' ;
      """)
  void whatFailsOnARowIsNull(String rows, String expression, Boolean value) {
    SparkSession spark = SharedLake.lake().spark();

    assertThat(
            spark
                .sql("SELECT * FROM " + rows)
                .select(TryColumn.of(spark, expression))
                .collectAsList())
        .containsExactly(RowFactory.create(value));
  }

  /** Where Spark does not compile a plan, its expressions travel to the tasks. */
  @Test
  void itTravelsToTasks() throws Exception {
    OrNull expression = new OrNull(new Literal(7, DataTypes.IntegerType));
    ByteArrayOutputStream written = new ByteArrayOutputStream();

    new ObjectOutputStream(written).writeObject(expression);
    Object read =
        new ObjectInputStream(new ByteArrayInputStream(written.toByteArray())).readObject();

    assertThat(((OrNull) read).eval(null)).isEqualTo(7);
  }
}
