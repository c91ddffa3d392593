package dev.sluice.pipelines.cli;

import dev.sluice.pipelines.runner.Progress;
import java.io.PrintStream;

/** The process's own streams; results go to one, progress to one. */
record Console(PrintStream results, Progress progress) {

  /** With {@code --json} results alone go to stdout. */
  static Console of(boolean json) {
    return new Console(System.out, new Progress(json ? System.err : System.out));
  }
}
