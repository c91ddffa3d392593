package dev.sluice.refined;

/** Accompanies a backfill; called by the thread that does it. */
public interface BackfillObserver {
  /** Lets pass who must not wait for a backfill; called before anything is computed. */
  void beforePiece();

  /** Tells a person how far it has come. */
  void say(String line);

  /** Waits for nobody and tells nobody. */
  BackfillObserver NONE =
      new BackfillObserver() {
        @Override
        public void beforePiece() {}

        @Override
        public void say(String line) {}
      };
}
