"""Alembic runs this for each command; `helptree.feedback.migrate` hands it the connection."""

from alembic import context

from helptree.feedback.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite alters tables only by copying them
)
context.run_migrations()
