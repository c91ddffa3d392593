"""The text that a DAG shows: what it does, whose it is, what to do when it fails."""

from __future__ import annotations

import shlex

from .contracts import Contract
from .deployment import Deployment
from .job import page

_PAGES = (
    (65, "a gate or row blocked: fix the data or the contract, then clear the task", "blocked.md"),
    (69, "a service is away: the task retries by itself", "service-missing.md"),
    (74, "the source lost data: decide, then accept-loss", "source-lost.md"),
    (75, "somebody else was at it: the task retries by itself", "busy.md"),
    (78, "configuration or contract faults: fix them, then clear the task", "configuration.md"),
)


def run_book(
    contract: Contract,
    tenant: str,
    deployment: Deployment,
    does: str,
    verbs: tuple[str, ...],
    how: str = "",
    words: tuple[str, ...] = (),
) -> str:
    """Markdown for one DAG of a data set; `how` says how it is used, `words` end its command."""
    rows = "\n".join(
        f"| {code} | {text} | {_link(deployment, name)} |" for code, text, name in _PAGES
    )
    twins = "\n".join(
        shlex.join(
            ["./sluice", verb, contract.id, "--tenant", tenant, *words, *deployment.arguments]
        )
        for verb in verbs
    )
    support = "".join(f"\n- {channel}" for channel in contract.support)
    return f"""### {contract.title}: {does}

{contract.purpose}

**Owner** {contract.owner}{support}

**Use** {contract.usage}
**Mind** {contract.limitations}

{how}
#### When it fails

Clear the failed task, or trigger the DAG again: it goes on where the tables stand. Nothing needs
cleaning up first, and running it twice changes nothing.

| exit code | what to do | page |
|---|---|---|
{rows}

By hand, the same:

```
{twins}
```

Contract {contract.id} {contract.version}; news may wait {contract.latency or "as long as it likes"}
before a zone.
"""


def _link(deployment: Deployment, name: str) -> str:
    """A link where the pages have an address, else where they stand in the checkout."""
    where = page(deployment, name)
    return f"[{name}]({where})" if deployment.docs else f"`{where}`"
