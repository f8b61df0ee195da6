"""The history is looked up by KIM, person and time"""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.drop_index("ix_event_actor", "event")
    op.create_index("ix_event_actor", "event", ["actor_id", "at", "id"])
    op.create_index("ix_event_kim_at", "event", ["kim_id", "at", "id"])


def downgrade() -> None:
    op.drop_index("ix_event_kim_at", "event")
    op.drop_index("ix_event_actor", "event")
    op.create_index("ix_event_actor", "event", ["actor_id", "id"])
