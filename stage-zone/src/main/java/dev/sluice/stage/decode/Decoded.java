package dev.sluice.stage.decode;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a message turned out to be. Its text form never shows a value.
 *
 * @param values one for each column of the contract, in order, also of columns that stage drops;
 *     all null when there is a reason
 * @param reason why it could not be read; empty when it could
 * @param field the contract's name of the field that is to blame, if one is
 * @param unknown names of fields that the contract does not know, fit for reports
 */
public record Decoded(
    @Nullable Object[] values, Optional<Reason> reason, Optional<String> field, String[] unknown) {

  @Override
  public String toString() {
    return "Decoded[" + reason.map(Reason::name).orElse("readable") + "]";
  }
}
