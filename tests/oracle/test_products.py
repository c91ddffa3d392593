"""What the oracle itself expects of the anonymity gate, on tables small enough to see through."""

from __future__ import annotations

import pyarrow as pa

from sluice_oracle.contracts import Product
from sluice_oracle.products import allowed_to_leave

CELLS = pa.table(
    {
        "day": ["mon", "mon", "mon", "mon", "tue", "tue", "wed"],
        "place": ["north", "south", "east", "west", "north", "south", "north"],
        "seen": [40, 30, 20, 3, 9, 2, 1],
        "people": [9, 8, 7, 2, 6, 1, 1],
    }
)


def leaving(max_suppressed: float, *totals: list[str]) -> list[str]:
    """The cells that leave, as texts."""
    export = {
        "columns": ["day", "place", "seen"],
        "quasiIdentifiers": ["day", "place"],
        "contributors": "people",
        "k": 5,
        "totals": [{"by": by} for by in totals],
        "maxSuppressed": max_suppressed,
    }
    product = Product("cells", "", {}, [], "day", CELLS.column_names, export)
    rows = allowed_to_leave(CELLS, product).to_pylist()
    return [f"{row['day']} {row['place']}" for row in rows]


def test_small_cells_stay() -> None:
    assert leaving(1) == ["mon north", "mon south", "mon east", "tue north"]


def test_a_partition_that_misses_too_much_stays_whole_and_the_others_leave() -> None:
    assert leaving(0.3) == ["mon north", "mon south", "mon east"]
    assert leaving(0.1) == []


def test_a_second_cell_goes_where_a_total_would_tell_the_first() -> None:
    assert leaving(1, ["day"]) == ["mon north", "mon south"]
    assert leaving(1, ["place"]) == leaving(1)
