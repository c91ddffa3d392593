package dev.sluice.pipelines.config;

/** A secret's reference leads nowhere; the message names the reference, never a value. */
public final class SecretMissing extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SecretMissing(String what, String reference) {
    super(
        what + ". Put the secret there, or change the reference " + reference + " in sluice.yaml.");
  }
}
