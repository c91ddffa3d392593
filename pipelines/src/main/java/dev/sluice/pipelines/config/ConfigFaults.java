package dev.sluice.pipelines.config;

import java.util.List;
import java.util.stream.Collectors;

/** Everything wrong with a configuration file, found in one reading. */
public final class ConfigFaults extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigFault> faults;

  public ConfigFaults(List<ConfigFault> faults) {
    super(
        faults.stream()
            .map(ConfigFault::toString)
            .collect(
                Collectors.joining(
                    "\n  ",
                    "The configuration has "
                        + faults.size()
                        + (faults.size() == 1 ? " fault" : " faults")
                        + "; nothing was started (docs/runbooks/configuration.md).\n  ",
                    "")));
    this.faults = List.copyOf(faults);
  }

  public List<ConfigFault> faults() {
    return faults;
  }
}
