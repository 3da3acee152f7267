"""Migrations, applied in order by `zenmode migrate`."""
