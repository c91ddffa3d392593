package dev.sluice.raw.files;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The index for tests of what uses it. */
public final class InMemoryFileIndex implements FileIndex {
  private final Map<String, Reach> reaches = new ConcurrentHashMap<>();
  private final Map<String, Map<FileMark, SeenFile>> files = new ConcurrentHashMap<>();

  @Override
  public Reach reach(String table) {
    return reaches.getOrDefault(table, Reach.NONE);
  }

  @Override
  public Set<FileMark> seen(String table, Collection<FileMark> marks) {
    return marks.stream().filter(of(table)::containsKey).collect(Collectors.toSet());
  }

  @Override
  public Map<FileMark, Aside> aside(String table, Collection<FileMark> marks) {
    Map<FileMark, Aside> aside = new HashMap<>();
    of(table)
        .values()
        .forEach(
            f ->
                f.aside()
                    .filter(why -> marks.contains(f.mark()))
                    .ifPresent(why -> aside.put(f.mark(), why)));
    return aside;
  }

  @Override
  public Map<String, Long> landed(String table, Collection<String> sha256) {
    Map<String, Long> landed = new HashMap<>();
    of(table).values().stream()
        .filter(f -> !f.copy() && f.number().isPresent() && sha256.contains(f.sha256()))
        .forEach(f -> landed.put(f.sha256(), f.number().orElseThrow()));
    return landed;
  }

  @Override
  public void add(String table, List<SeenFile> seen, Reach reach) {
    seen.forEach(f -> of(table).put(f.mark(), f));
    reaches.put(table, reach);
  }

  @Override
  public void forget(String table) {
    files.remove(table);
    reaches.remove(table);
  }

  @Override
  public Map<Aside, Long> aside(String table) {
    Map<Aside, Long> aside = new EnumMap<>(Aside.class);
    of(table).values().forEach(f -> f.aside().ifPresent(why -> aside.merge(why, 1L, Long::sum)));
    return aside;
  }

  private Map<FileMark, SeenFile> of(String table) {
    return files.computeIfAbsent(table, t -> new ConcurrentHashMap<>());
  }
}
