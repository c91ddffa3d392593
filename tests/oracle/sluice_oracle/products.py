"""Products recomputed by DuckDB from stage, and what of them may be in BigQuery.

What a product says it has settled cannot be recomputed: it stands as it is, and leaves as it is.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import duckdb
import pyarrow as pa
import sqlglot
from google.api_core.exceptions import NotFound
from pyiceberg.catalog.sql import SqlCatalog

from .contracts import Contract, Product
from .home import Home, rows_of
from .retention import Expired, expired, partition_text, settled


def recompute(catalog: SqlCatalog, contract: Contract, tenant: str, product: Product) -> pa.Table:
    """The product's SQL over today's stage and reference tables, run by DuckDB."""
    database = duckdb.connect()
    for name in product.inputs:
        zone = "reference" if name in contract.references else "stage"
        database.register(name, rows_of(catalog, f"{tenant}_{zone}.{name}"))
    return over(database, product)


def over(database: duckdb.DuckDBPyConnection, product: Product) -> pa.Table:
    """The product's SQL over the tables of a database that has its inputs."""
    database.execute("SET TimeZone = 'UTC'")
    sql = product.sql
    for parameter, value in product.parameters.items():
        literal = str(value) if isinstance(value, int | float) else "'" + str(value) + "'"
        sql = sql.replace(f":{parameter}", literal)
    (query,) = sqlglot.transpile(sql.strip().rstrip(";"), read="spark", write="duckdb")
    columns = ", ".join(f'"{c}"' for c in product.columns)
    return database.execute(f"SELECT {columns} FROM ({query}) AS product").to_arrow_table()


def as_promised(
    recomputed: pa.Table,
    standing: pa.Table,
    product: Product,
    closed: frozenset[str],
    gone: Expired,
) -> pa.Table:
    """What should stand: settled partitions as they do, what is open recomputed, nothing old."""

    def of(rows: pa.Table, wanted: bool) -> pa.Table:
        values = rows.column(product.partition).to_pylist()
        return rows.filter(
            pa.array(
                [(partition_text(v) in closed) == wanted and not gone.covers(v) for v in values],
                pa.bool_(),
            )
        )

    if not closed and gone.before is None:
        return recomputed
    database = duckdb.connect()
    database.execute("SET TimeZone = 'UTC'")
    database.register("open_rows", of(recomputed, False))
    database.register("settled_rows", of(standing.select(product.columns), True))
    return database.execute(
        "SELECT * FROM open_rows UNION ALL BY NAME SELECT * FROM settled_rows"
    ).to_arrow_table()


def allowed_to_leave(rows: pa.Table, product: Product) -> pa.Table:
    """What the contract's anonymity rules let out; nothing of partitions that miss too much."""
    leaving = _anonymous(rows, product)
    of = leaving.column(product.partition).to_pylist()
    judged, left = Counter(rows.column(product.partition).to_pylist()), Counter(of)
    cap = product.export["maxSuppressed"]
    whole = {p for p in left if (judged[p] - left[p]) / judged[p] <= cap}
    return leaving.filter(pa.array([p in whole for p in of], pa.bool_()))


def _anonymous(rows: pa.Table, product: Product) -> pa.Table:
    """The rows behind which enough stand, with the columns that leave, decided by DuckDB."""
    export = product.export
    database = duckdb.connect()
    database.execute("SET TimeZone = 'UTC'")
    database.register("product", rows)
    columns = ", ".join(f'"{c}"' for c in export["columns"])
    if "contributors" in export:
        kept = f'SELECT {columns} FROM product WHERE "{export["contributors"]}" >= {export["k"]}'
    else:
        quasi = export["quasiIdentifiers"]
        same = " AND ".join(f'p."{c}" IS NOT DISTINCT FROM c."{c}"' for c in quasi)
        group = ", ".join(f'"{c}"' for c in quasi)
        diverse = "".join(
            f' AND count(DISTINCT "{c}") >= {export.get("l", 1)}'
            for c in export.get("sensitive") or []
        )
        kept = (
            f"SELECT {columns} FROM product p WHERE EXISTS (SELECT 1 FROM (SELECT {group} FROM"
            f' product GROUP BY {group} HAVING count(DISTINCT "{export["subject"]}") >='
            f" {export['k']}{diverse}) c WHERE {same})"
        )
    if export.get("totals"):
        return _beside_totals(rows, product).select(export["columns"])
    return database.execute(kept).to_arrow_table()


def _beside_totals(cells: pa.Table, product: Product) -> pa.Table:
    """The cells that leave when totals of them are known; row by row, without SQL."""
    export, rows = product.export, cells.to_pylist()
    behind, k = export["contributors"], export["k"]
    key = [c for c in cells.column_names if c in export["quasiIdentifiers"]]
    gone = {i for i, row in enumerate(rows) if row[behind] < k}
    before = -1
    while before != len(gone):
        before = len(gone)
        for total in export["totals"]:
            groups: dict[tuple, list[int]] = {}
            for i, row in enumerate(rows):
                by = [product.partition, *total["by"]]
                groups.setdefault(tuple(row[c] for c in by), []).append(i)
            for group in groups.values():
                missing = [i for i in group if i in gone]
                left = [i for i in group if i not in gone]
                few = len(missing) < 2 or sum(rows[i][behind] for i in missing) < k
                if missing and left and few:
                    gone.add(
                        min(left, key=lambda i: (rows[i][behind], [str(rows[i][c]) for c in key]))
                    )
    return cells.take([i for i in range(len(rows)) if i not in gone])


def _plain(value: object) -> object:
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, Decimal):
        return float(f"{value:.9g}")
    if hasattr(value, "isoformat"):
        return value.isoformat().removesuffix("+00:00")
    return value


def multiset(rows: pa.Table, columns: list[str]) -> Counter:
    """Rows as a multiset of plain values, so that tables of different engines compare."""
    lists = [[_plain(v) for v in rows.column(c).to_pylist()] for c in columns]
    return Counter(zip(*lists, strict=True))


def difference(name: str, expected: Counter, found: Counter) -> list[str]:
    """Says how two multisets differ, with counts only."""
    missing, extra = expected - found, found - expected
    if not missing and not extra:
        return []
    return [
        f"{name}: {missing.total()} rows missing and {extra.total()} too many of"
        f" {expected.total()} expected"
    ]


def product_faults(home: Home, catalog: SqlCatalog, contract: Contract, tenant: str) -> list[str]:
    """Where refined or BigQuery differ from DuckDB's recomputation."""
    faults: list[str] = []
    client = home.bigquery()
    for product in contract.products:
        table = f"{tenant}_refined.{product.name}"
        refined = rows_of(catalog, table)
        if refined is None:
            faults.append(f"{product.name}: there is no refined table")
            continue
        expected = as_promised(
            recompute(catalog, contract, tenant, product),
            refined,
            product,
            settled(catalog, table),
            expired(catalog, table),
        )
        faults += difference(
            f"refined {product.name}",
            multiset(expected, product.columns),
            multiset(refined, product.columns),
        )
        if product.export is None:
            continue
        leaving = allowed_to_leave(expected, product)
        columns = product.export["columns"]
        try:
            target = client.get_table(f"{client.project}.{table}")
            rows = [dict(row) for row in client.list_rows(target)]
            names = [field.name for field in target.schema]
        except NotFound:
            rows, names = [], columns
        if sorted(names) != sorted(columns):
            faults.append(f"BigQuery {product.name}: columns {names}, expected {columns}")
            continue
        found = Counter(tuple(_plain(row[c]) for c in columns) for row in rows)
        faults += difference(f"BigQuery {product.name}", multiset(leaving, columns), found)
    return faults
