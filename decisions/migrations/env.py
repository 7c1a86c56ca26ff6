"""What Alembic runs: the migrations, on the connection that `decisions.migrate` gives."""

from __future__ import annotations

from alembic import context

from decisions.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
)
# The caller's transaction holds all: a migration that fails leaves nothing behind.
context.run_migrations()
