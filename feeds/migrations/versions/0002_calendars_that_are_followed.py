"""Calendars that are followed: revisions, departures, and what an import brought"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# One by one: rewriting a whole table would take what refers to it along.
ADDED = (
    ("event", sa.Column("revision", sa.Integer(), nullable=False, server_default="0")),
    ("event", sa.Column("extensions", sa.JSON(), nullable=True)),
    ("event_override", sa.Column("extensions", sa.JSON(), nullable=True)),
    ("event_session", sa.Column("sequence", sa.Integer(), nullable=True)),
    ("event_session", sa.Column("updated_at", sa.DateTime(), nullable=True)),
    ("event_session", sa.Column("checksum", sa.String(length=64), nullable=True)),
)


def upgrade() -> None:
    for table, column in ADDED:
        op.add_column(table, column)
    op.create_index(
        op.f("ix_event_channel_id_revision"), "event", ["channel_id", "revision"]
    )
    op.create_table(
        "departure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=255), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel.id"], name=op.f("fk_departure_channel_id_channel")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departure")),
        sa.UniqueConstraint(
            "channel_id", "uid", name=op.f("uq_departure_channel_id_uid")
        ),
    )
    op.create_index(
        op.f("ix_departure_channel_id_revision"),
        "departure",
        ["channel_id", "revision"],
    )


def downgrade() -> None:
    op.drop_table("departure")
    op.drop_index(op.f("ix_event_channel_id_revision"), "event")
    for table, column in reversed(ADDED):
        op.drop_column(table, str(column.name))
