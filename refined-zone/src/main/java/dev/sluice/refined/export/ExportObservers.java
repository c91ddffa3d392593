package dev.sluice.refined.export;

import java.util.List;
import java.util.ServiceLoader;

/** All observers on the class path, told in one call. */
final class ExportObservers implements ExportObserver {
  private final List<ExportObserver> observers;

  ExportObservers() {
    this.observers =
        ServiceLoader.load(ExportObserver.class, ExportObserver.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
  }

  @Override
  public void beforeLoad(String table) {
    observers.forEach(observer -> observer.beforeLoad(table));
  }

  @Override
  public void afterLoad(String table) {
    observers.forEach(observer -> observer.afterLoad(table));
  }

  @Override
  public void beforeSwap(String table) {
    observers.forEach(observer -> observer.beforeSwap(table));
  }

  @Override
  public void afterSwap(String table) {
    observers.forEach(observer -> observer.afterSwap(table));
  }
}
