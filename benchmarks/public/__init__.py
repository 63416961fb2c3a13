"""Public question sets, which no one here wrote, beside figures that others published on them."""
