package dev.sluice.catalog.contract;

/** What a measured number must hold; the operators of ODCS data quality. */
public sealed interface Comparison {
  boolean holds(double measured);

  /** For people, for example {@code <= 5}. */
  String text();

  record EqualTo(double value) implements Comparison {
    @Override
    public boolean holds(double measured) {
      return measured == value;
    }

    @Override
    public String text() {
      return "= " + number(value);
    }
  }

  record NotEqualTo(double value) implements Comparison {
    @Override
    public boolean holds(double measured) {
      return measured != value;
    }

    @Override
    public String text() {
      return "<> " + number(value);
    }
  }

  record AtLeast(double value, boolean exclusive) implements Comparison {
    @Override
    public boolean holds(double measured) {
      return exclusive ? measured > value : measured >= value;
    }

    @Override
    public String text() {
      return (exclusive ? "> " : ">= ") + number(value);
    }
  }

  record AtMost(double value, boolean exclusive) implements Comparison {
    @Override
    public boolean holds(double measured) {
      return exclusive ? measured < value : measured <= value;
    }

    @Override
    public String text() {
      return (exclusive ? "< " : "<= ") + number(value);
    }
  }

  record Between(double low, double high, boolean negated) implements Comparison {
    @Override
    public boolean holds(double measured) {
      return (measured >= low && measured <= high) != negated;
    }

    @Override
    public String text() {
      return (negated ? "not between " : "between ") + number(low) + " and " + number(high);
    }
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
