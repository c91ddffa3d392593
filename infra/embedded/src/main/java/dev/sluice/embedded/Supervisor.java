package dev.sluice.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts services side by side, publishes their addresses when all are ready, waits until one ends
 * by itself, and stops them all once, whoever asks first.
 */
final class Supervisor {
  private static final long START_GRACE_SECONDS = 20;

  private final ServicesFile file;
  private final Ports ports;
  private final InstanceLock lock;
  private final Progress progress;
  private final long began = System.nanoTime();
  private final Map<String, CompletableFuture<Service>> starting = new TreeMap<>();
  private final Map<String, Service> running = new ConcurrentHashMap<>();
  private final CompletableFuture<String> fault = new CompletableFuture<>();
  private boolean stopping;

  Supervisor(ServicesFile file, Ports ports, InstanceLock lock, Progress progress) {
    this.file = file;
    this.ports = ports;
    this.lock = lock;
    this.progress = progress;
  }

  /** Starts one service in a thread of its own. */
  void start(String key, Callable<? extends Service> start) {
    progress.say("starting " + key);
    CompletableFuture<Service> future = new CompletableFuture<>();
    starting.put(key, future);
    Thread thread =
        new Thread(
            () -> {
              try {
                Service service = start.call();
                took(key, service);
                future.complete(service);
              } catch (Throwable e) {
                future.completeExceptionally(e);
                fault.complete(key + " did not start: " + reason(e) + "; see the logs folder");
              }
            },
            "start-" + key);
    thread.start();
  }

  /** Publishes the addresses when all are ready, then waits; true when the end was asked for. */
  boolean watch() throws IOException, InterruptedException {
    CompletableFuture<?> all =
        CompletableFuture.allOf(starting.values().toArray(new CompletableFuture<?>[0]));
    try {
      CompletableFuture.anyOf(all, fault).get();
      if (!fault.isDone()) {
        publish();
        progress.say("ready after " + seconds() + " s");
      }
      String message = fault.get();
      if (isStopping()) {
        return true;
      }
      progress.say(message);
      return false;
    } catch (ExecutionException e) {
      progress.say(fault.getNow(reason(e)));
      return false;
    }
  }

  /** Stops everything that runs, writes down that nothing does, and frees the home. */
  void stop() {
    synchronized (this) {
      if (stopping) {
        return;
      }
      stopping = true;
    }
    progress.say("stopping");
    List<Thread> threads = new ArrayList<>();
    // The catalog's database goes with the others: clients have been told by the lost connection.
    running.values().forEach(s -> threads.add(new Thread(() -> stop(s), "stop-" + s.name())));
    threads.forEach(Thread::start);
    try {
      for (Thread thread : threads) {
        thread.join(TimeUnit.SECONDS.toMillis(40));
      }
      awaitStarters();
      file.write(ports, Map.of());
      lock.close();
      progress.say("stopped");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      progress.say("stopped, but services.json could not be written: " + e);
    }
  }

  /**
   * A service that becomes ready only now is stopped by {@link #took}; its process must not stay.
   */
  private void awaitStarters() throws InterruptedException {
    CompletableFuture<?>[] all = starting.values().toArray(new CompletableFuture<?>[0]);
    try {
      CompletableFuture.allOf(all).get(START_GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // What did not start needs no stop; what takes longer is cleared by the next start.
    }
  }

  private void took(String key, Service service) {
    boolean late;
    synchronized (this) {
      running.put(key, service);
      late = stopping;
    }
    progress.say(service.name() + " ready at " + service.address() + " after " + seconds() + " s");
    if (late) {
      stop(service);
      return;
    }
    service
        .ended()
        .whenComplete(
            (end, error) ->
                fault.complete(
                    service.name()
                        + " ended by itself ("
                        + (end instanceof String why ? why : "its process is gone")
                        + "); see the logs folder"));
  }

  private void stop(Service service) {
    try {
      service.stop();
    } catch (RuntimeException e) {
      progress.say(service.name() + " did not stop in order: " + reason(e));
    }
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  private void publish() throws IOException {
    Map<String, Long> pids = new TreeMap<>();
    pids.put("services", ProcessHandle.current().pid());
    running.forEach((key, service) -> service.pid().ifPresent(pid -> pids.put(key, pid)));
    file.write(ports, pids);
  }

  private String seconds() {
    return String.format(
        java.util.Locale.ROOT, "%.1f", (System.nanoTime() - began) / 1_000_000_000.0);
  }

  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getMessage() == null) {
      cause = cause.getCause();
    }
    return cause.toString();
  }
}
