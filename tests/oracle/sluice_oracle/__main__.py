"""python -m sluice_oracle HOME CONTRACTS [data set ...]: prints faults, exits 1 if any."""

from __future__ import annotations

import sys
from pathlib import Path

from .contracts import read_all
from .fates import fate_faults, landing_faults
from .home import Home
from .products import product_faults


def faults(home: Home, contracts: Path, only: list[str]) -> list[str]:
    """All that disagrees in a lake."""
    catalog = home.catalog()
    found: list[str] = []
    for contract in read_all(contracts):
        if only and contract.id not in only:
            continue
        for tenant in contract.tenants:
            found += landing_faults(home, catalog, contract, tenant)
            found += fate_faults(home, catalog, contract, tenant)
            found += product_faults(home, catalog, contract, tenant)
    return found


def main() -> int:
    """Runs every check."""
    if len(sys.argv) < 3:
        print(__doc__)
        return 64
    found = faults(Home(Path(sys.argv[1]).resolve()), Path(sys.argv[2]), sys.argv[3:])
    for fault in found:
        print("FAULT", fault)
    print(f"{len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
