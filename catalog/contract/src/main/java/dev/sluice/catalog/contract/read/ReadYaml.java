package dev.sluice.catalog.contract.read;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads one YAML document without making objects of it. A key that stands twice, an alias and a tag
 * of somebody's own are faults: other readers would see something else than we do.
 */
final class ReadYaml {
  private static final int LONGEST = 1_000_000;
  private static final int DEEPEST = 40;

  private final Faults faults;
  private final Map<Node, Boolean> seen = new IdentityHashMap<>();

  private ReadYaml(Faults faults) {
    this.faults = faults;
  }

  static Optional<Yaml> read(String text, Faults faults) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LONGEST);
    options.setNestingDepthLimit(DEEPEST);
    try {
      Node root = new org.yaml.snakeyaml.Yaml(options).compose(new StringReader(text));
      if (root == null) {
        faults.add(1, "The file is empty; it must hold one contract");
        return Optional.empty();
      }
      return Optional.of(new ReadYaml(faults).node(root));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      faults.add(line, "This is no YAML: " + e.getProblem());
    } catch (YAMLException | IllegalArgumentException e) {
      faults.add(1, "This is no YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  private Yaml node(Node node) {
    int line = node.getStartMark().getLine() + 1;
    if (seen.put(node, Boolean.TRUE) != null) {
      faults.add(line, "Anchors and aliases are not read; write the value out where it is used");
      return new Yaml.Scalar(line, "", Yaml.Kind.NOTHING);
    }
    if (node instanceof MappingNode map) {
      return new Yaml.Keys(line, entries(map));
    }
    if (node instanceof SequenceNode list) {
      List<Yaml> items = new ArrayList<>();
      list.getValue().forEach(item -> items.add(node(item)));
      return new Yaml.Items(line, items);
    }
    return scalar((ScalarNode) node, line);
  }

  private Map<String, Yaml.Entry> entries(MappingNode map) {
    Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : map.getValue()) {
      int line = tuple.getKeyNode().getStartMark().getLine() + 1;
      Yaml value = node(tuple.getValueNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        faults.add(line, "A key must be a word; got " + node(tuple.getKeyNode()).kindName());
      } else if (entries.putIfAbsent(key.getValue(), new Yaml.Entry(line, value)) != null) {
        faults.add(line, "The key '" + key.getValue() + "' stands here twice; delete one");
      }
    }
    return entries;
  }

  private Yaml scalar(ScalarNode node, int line) {
    Tag tag = node.getTag();
    if (Tag.STR.equals(tag) || Tag.TIMESTAMP.equals(tag)) {
      return new Yaml.Scalar(line, node.getValue(), Yaml.Kind.TEXT);
    }
    if (Tag.INT.equals(tag) || Tag.FLOAT.equals(tag)) {
      return new Yaml.Scalar(line, node.getValue(), Yaml.Kind.NUMBER);
    }
    if (Tag.BOOL.equals(tag)) {
      return new Yaml.Scalar(line, node.getValue(), Yaml.Kind.TRUTH);
    }
    if (!Tag.NULL.equals(tag)) {
      faults.add(line, "The tag " + tag.getValue() + " is not read; write the plain value");
    }
    return new Yaml.Scalar(line, node.getValue(), Yaml.Kind.NOTHING);
  }
}
