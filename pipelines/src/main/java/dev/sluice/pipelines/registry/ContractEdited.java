package dev.sluice.pipelines.registry;

/** A contract reads otherwise than when its version was applied first. */
public final class ContractEdited extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ContractEdited(String what) {
    super(what);
  }
}
