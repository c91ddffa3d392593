package dev.sluice.catalog.contract;

import java.util.Locale;

/** The zones of the lake, in the order in which data moves; each has one namespace a tenant. */
public enum Zone {
  RAW,
  QUARANTINE,
  STAGE,
  REFERENCE,
  REFINED;

  /** Namespace of this zone for a tenant, for example {@code city_raw}. */
  public String namespace(TenantId tenant) {
    return tenant.name() + "_" + name().toLowerCase(Locale.ROOT);
  }

  /** A table of this zone as {@code namespace.table}, also the name of its lane. */
  public String table(TenantId tenant, String table) {
    return namespace(tenant) + "." + table;
  }
}
