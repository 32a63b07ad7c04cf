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
    ("fragment", sa.Column("size", sa.Integer(), nullable=False, server_default="0")),
)
INDEXES = {
    "ix_event_shown": (
        "event",
        [
            "channel_id",
            "state",
            "announced_at",
            "expires_at",
            "status",
            "last_at",
            "first_at",
        ],
    ),
    "ix_event_zones": ("event", ["channel_id", "all_day", "timezone", "first_at"]),
    "ix_fragment_event_id_format_digest_size": (
        "fragment",
        ["event_id", "format", "digest", "size"],
    ),
}


def upgrade() -> None:
    for table, column in ADDED:
        op.add_column(table, column)
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)
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
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table)
    for table, column in reversed(ADDED):
        op.drop_column(table, str(column.name))
