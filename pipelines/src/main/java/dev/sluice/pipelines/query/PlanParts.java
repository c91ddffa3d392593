package dev.sluice.pipelines.query;

import static scala.jdk.javaapi.CollectionConverters.asJava;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreeNode;

/**
 * Every plan node and every expression of a statement, those of subqueries and common table
 * expressions included.
 */
record PlanParts(List<LogicalPlan> nodes, List<Expression> expressions) {

  static PlanParts of(LogicalPlan root) {
    List<LogicalPlan> nodes = new ArrayList<>();
    List<Expression> expressions = new ArrayList<>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<TreeNode<?>> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      TreeNode<?> part = open.pop();
      if (!seen.add(part)) {
        continue;
      }
      addParts(open, part);
      if (part instanceof LogicalPlan plan) {
        nodes.add(plan);
        asJava(plan.expressions()).forEach(open::push);
      } else if (part instanceof Expression expression) {
        expressions.add(expression);
        if (expression instanceof SubqueryExpression subquery) {
          open.push(subquery.plan());
        }
      }
    }
    return new PlanParts(nodes, expressions);
  }

  /** Children, inner children (common table expressions) and any plan among the arguments. */
  private static void addParts(Deque<TreeNode<?>> open, TreeNode<?> part) {
    for (Object child : asJava(part.children())) {
      open.push((TreeNode<?>) child);
    }
    for (Object inner : asJava(part.innerChildren())) {
      if (inner instanceof TreeNode<?> node) {
        open.push(node);
      }
    }
    for (Object argument : asJava(part.productIterator().toSeq())) {
      if (argument instanceof LogicalPlan plan) {
        open.push(plan);
      }
    }
  }
}
