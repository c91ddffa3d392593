package dev.sluice.catalog.contract.read;

import java.util.Map;

/**
 * Where the parts of a contract are declared. Parts go by paths such as {@code stage}, {@code
 * stage.column.item_name}, {@code stage.rowRule.item_is_named}, {@code stage.setRule.x}, {@code
 * reference.locations.column.x}, {@code product.detections.sql} (the SQL file), {@code
 * product.detections.affects.video_detections}, {@code product.detections.export}.
 */
public record Places(Place contract, Map<String, Place> parts) {
  public Places {
    parts = Map.copyOf(parts);
  }

  /** The place of a part, or else of the nearest part around it that has one. */
  public Place of(String path) {
    Place found = parts.get(path);
    if (found != null) {
      return found;
    }
    int dot = path.lastIndexOf('.');
    return dot < 0 ? contract : of(path.substring(0, dot));
  }
}
