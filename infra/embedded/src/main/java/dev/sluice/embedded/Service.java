package dev.sluice.embedded;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A service that runs: created by starting it, ready for clients from then on. */
interface Service {
  /** For people, for example {@code Postgres}. */
  String name();

  /** Where clients find it. */
  String address();

  /** Its process, when that is not ours. */
  OptionalLong pid();

  /** Completes when the service has ended, asked or not. */
  CompletableFuture<?> ended();

  /** Stops it and returns when it has stopped or a limit has passed. Harmless when called twice. */
  void stop();
}
