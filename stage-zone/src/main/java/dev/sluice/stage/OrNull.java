package dev.sluice.stage;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeBlock;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.expressions.codegen.JavaCode;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An expression that is null where its child fails on a row. Spark's {@code TryEval} lets {@code
 * StackOverflowError} through, which a regular expression may throw on a long text and which ends
 * the process of a task.
 */
final class OrNull extends Expression implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Expression child;

  OrNull(Expression child) {
    this.child = child;
  }

  @Override
  public Seq<Expression> children() {
    return CollectionConverters.asScala(List.of(child)).toSeq();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new OrNull(children.head());
  }

  @Override
  public DataType dataType() {
    return child.dataType();
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  @SuppressWarnings("NullAway") // Spark has null for NULL
  public @Nullable Object eval(InternalRow row) {
    try {
      return child.eval(row);
    } catch (Exception | StackOverflowError e) {
      return null;
    }
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode own) {
    ExprCode inner = child.genCode(context);
    String type = CodeGenerator.javaType(dataType());
    String none = CodeGenerator.defaultValue(dataType(), false);
    List<String> between =
        List.of(
            "boolean ",
            " = true;\n" + type + " ",
            " = " + none + ";\ntry {\n",
            "\n",
            " = ",
            ";\n",
            " = ",
            ";\n} catch (Exception e) {\n} catch (StackOverflowError e) {\n}\n");
    List<JavaCode> parts =
        List.of(
            own.isNull(),
            own.value(),
            inner.code(),
            own.isNull(),
            inner.isNull(),
            own.value(),
            inner.value());
    return own.copy(
        new CodeBlock(
            CollectionConverters.asScala(between).toSeq(),
            CollectionConverters.asScala(parts).toSeq()),
        own.isNull(),
        own.value());
  }

  @Override
  public int productArity() {
    return 1;
  }

  @Override
  public Object productElement(int place) {
    return child;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof OrNull;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OrNull that && child.equals(that.child);
  }

  @Override
  public int hashCode() {
    return child.hashCode();
  }
}
