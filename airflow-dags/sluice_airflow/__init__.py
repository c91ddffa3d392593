"""DAGs made from Sluice's data contracts. DAGs say when and in which order; Java says what."""
