package dev.sluice.pipelines.cli;

import dev.sluice.pipelines.runner.Progress;
import dev.sluice.pipelines.services.EmbeddedStack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice down}: stop the embedded services; data stays. */
@Command(
    name = "down",
    description = "Stops the embedded services of the home; their data stays.",
    footerHeading = "%nExample:%n",
    footer = "  sluice down --home ./lakehouse")
public final class Down implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();

  @Override
  public Integer call() {
    Progress progress = Console.of(false).progress();
    boolean stopped = EmbeddedStack.down(home.home(), progress::say);
    progress.say(stopped ? "services are down" : "NothingToDo: no services run");
    return 0;
  }
}
