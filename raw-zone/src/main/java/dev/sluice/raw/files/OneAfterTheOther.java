package dev.sluice.raw.files;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** The items of several sources, each opened when the one before it is at its end. */
final class OneAfterTheOther<S, T> implements Iterator<T> {
  private final Iterator<S> sources;
  private final Function<S, Iterator<T>> open;
  private Iterator<T> current = Collections.emptyIterator();

  OneAfterTheOther(Iterator<S> sources, Function<S, Iterator<T>> open) {
    this.sources = sources;
    this.open = open;
  }

  @Override
  public boolean hasNext() {
    while (!current.hasNext() && sources.hasNext()) {
      current = open.apply(sources.next());
    }
    return current.hasNext();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return current.next();
  }
}
