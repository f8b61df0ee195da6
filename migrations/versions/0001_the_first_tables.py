"""The first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None

CIRCLES = (
    ('fk_kim_logo_id_media', 'kim', 'media', 'logo_id'),
    ('fk_article_live_revision_id_revision', 'article', 'revision', 'live_revision_id'),
    ('fk_article_newest_revision_id_revision', 'article', 'revision', 'newest_revision_id'),
    ('fk_article_reviewed_revision_id_revision', 'article', 'revision', 'reviewed_revision_id'),
)


def upgrade() -> None:
    op.create_table('attempt',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt'))
    )
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.create_index('ix_attempt_key_at', ['key', 'at'], unique=False)

    op.create_table('category',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=63), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_category')),
    sa.UniqueConstraint('slug', name=op.f('uq_category_slug'))
    )
    op.create_table('kecamatan',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=13), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('slug', sa.String(length=63), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kecamatan')),
    sa.UniqueConstraint('code', name=op.f('uq_kecamatan_code')),
    sa.UniqueConstraint('slug', name=op.f('uq_kecamatan_slug'))
    )
    op.create_table('page_counter',
    sa.Column('tag', sa.String(length=32), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('tag', name=op.f('pk_page_counter'))
    )
    op.create_table('page_moment',
    sa.Column('tag', sa.String(length=32), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('tag', 'at', name=op.f('pk_page_moment'))
    )
    op.create_table('user_account',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('phone', sa.String(length=20), nullable=True),
    sa.Column('password_hash', sa.String(length=255), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_sample', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_account')),
    sa.UniqueConstraint('email', name=op.f('uq_user_account_email')),
    sa.UniqueConstraint('phone', name=op.f('uq_user_account_phone'))
    )
    op.create_table('idempotency_key',
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('verb', sa.String(length=40), nullable=False),
    sa.Column('object_id', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_idempotency_key_user_id_user_account')),
    sa.PrimaryKeyConstraint('user_id', 'key', name=op.f('pk_idempotency_key'))
    )
    with op.batch_alter_table('idempotency_key', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_idempotency_key_at'), ['at'], unique=False)

    op.create_table('invitation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=140), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('place', sa.String(length=140), nullable=False),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['user_account.id'], name=op.f('fk_invitation_made_by_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation'))
    )
    op.create_table('kelurahan',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kecamatan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=13), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('other_spelling', sa.String(length=80), nullable=False),
    sa.Column('slug', sa.String(length=63), nullable=False),
    sa.ForeignKeyConstraint(['kecamatan_id'], ['kecamatan.id'], name=op.f('fk_kelurahan_kecamatan_id_kecamatan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kelurahan')),
    sa.UniqueConstraint('code', name=op.f('uq_kelurahan_code')),
    sa.UniqueConstraint('slug', name=op.f('uq_kelurahan_slug'))
    )
    with op.batch_alter_table('kelurahan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kelurahan_kecamatan_id'), ['kecamatan_id'], unique=False)

    op.create_table('one_time_link',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('invite', 'reset', name='linkkind', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['user_account.id'], name=op.f('fk_one_time_link_made_by_user_account')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_one_time_link_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_one_time_link'))
    )
    with op.batch_alter_table('one_time_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_one_time_link_user_id'), ['user_id'], unique=False)

    op.create_table('policy_version',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('numbers', sa.JSON(), nullable=False),
    sa.Column('in_force_from', sa.Date(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['user_account.id'], name=op.f('fk_policy_version_made_by_user_account')),
    sa.PrimaryKeyConstraint('version', name=op.f('pk_policy_version'))
    )
    op.create_table('sign_in',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('agent', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_sign_in_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_token_hash'))
    )
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_user_id'), ['user_id'], unique=False)

    op.create_table('evaluation',
    sa.Column('monday', sa.Date(), nullable=False),
    sa.Column('policy_version', sa.Integer(), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['policy_version'], ['policy_version.version'], name=op.f('fk_evaluation_policy_version_policy_version')),
    sa.PrimaryKeyConstraint('monday', name=op.f('pk_evaluation'))
    )
    op.create_table('kim',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kelurahan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('slug', sa.String(length=63), nullable=False),
    sa.Column('tagline', sa.String(length=140), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('address', sa.String(length=200), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('links', sa.JSON(), nullable=False),
    sa.Column('founded_on', sa.Date(), nullable=True),
    sa.Column('accent', sa.String(length=16), nullable=False),
    sa.Column('logo_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('suspended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('merged_into_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('alias_domain', sa.String(length=253), nullable=True),
    sa.Column('alias_verified_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_sample', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['kelurahan_id'], ['kelurahan.id'], name=op.f('fk_kim_kelurahan_id_kelurahan')),
    sa.ForeignKeyConstraint(['logo_id'], ['media.id'], name='fk_kim_logo_id_media', use_alter=True),
    sa.ForeignKeyConstraint(['merged_into_id'], ['kim.id'], name=op.f('fk_kim_merged_into_id_kim')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kim')),
    sa.UniqueConstraint('alias_domain', name=op.f('uq_kim_alias_domain')),
    sa.UniqueConstraint('slug', name=op.f('uq_kim_slug'))
    )
    with op.batch_alter_table('kim', schema=None) as batch_op:
        batch_op.create_index('uq_kim_open_kelurahan', ['kelurahan_id'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    op.create_table('article',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=100), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('touched_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text_state', sa.Enum('clean', 'draft', 'submitted', 'returned', name='textstate', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('exposure', sa.Enum('never', 'public', 'unpublished', 'withdrawn', name='exposure', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('feed_state', sa.Enum('none', 'pending', 'accepted', 'change_asked', 'declined', 'removed', name='feedstate', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('newest_revision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('live_revision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('category_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('public_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hidden_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_for', sa.Enum('false', 'copied', 'gambling', 'child', 'privacy', 'source', 'law', 'other', name='withdrawal', native_enum=False, create_constraint=True, length=16), nullable=True),
    sa.Column('withdrawn_note', sa.String(length=500), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('site_only', sa.Boolean(), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reviewed_revision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reviewed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('review_reason', sa.String(length=500), nullable=False),
    sa.Column('returned_note', sa.String(length=2000), nullable=False),
    sa.Column('imported', sa.Boolean(), nullable=False),
    sa.Column('credit', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['user_account.id'], name=op.f('fk_article_author_id_user_account')),
    sa.ForeignKeyConstraint(['category_id'], ['category.id'], name=op.f('fk_article_category_id_category')),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_article_kim_id_kim')),
    sa.ForeignKeyConstraint(['live_revision_id'], ['revision.id'], name=op.f('fk_article_live_revision_id_revision'), use_alter=True),
    sa.ForeignKeyConstraint(['newest_revision_id'], ['revision.id'], name=op.f('fk_article_newest_revision_id_revision'), use_alter=True),
    sa.ForeignKeyConstraint(['reviewed_by'], ['user_account.id'], name=op.f('fk_article_reviewed_by_user_account')),
    sa.ForeignKeyConstraint(['reviewed_revision_id'], ['revision.id'], name=op.f('fk_article_reviewed_revision_id_revision'), use_alter=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_article')),
    sa.UniqueConstraint('kim_id', 'slug', name=op.f('uq_article_kim_id_slug'))
    )
    with op.batch_alter_table('article', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_article_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_article_category_id'), ['category_id'], unique=False)
        batch_op.create_index('ix_article_desk', ['kim_id', 'touched_at', 'id'], unique=False)
        batch_op.create_index('ix_article_feed', ['public_at', 'id'], unique=False, sqlite_where=sa.text("exposure = 'public' AND feed_state = 'accepted'"), postgresql_where=sa.text("exposure = 'public' AND feed_state = 'accepted'"))
        batch_op.create_index('ix_article_feed_topic', ['category_id', 'public_at', 'id'], unique=False, sqlite_where=sa.text("exposure = 'public' AND feed_state = 'accepted'"), postgresql_where=sa.text("exposure = 'public' AND feed_state = 'accepted'"))
        batch_op.create_index(batch_op.f('ix_article_live_revision_id'), ['live_revision_id'], unique=False)
        batch_op.create_index('ix_article_pending', ['offered_at', 'id'], unique=False, sqlite_where=sa.text("feed_state = 'pending'"), postgresql_where=sa.text("feed_state = 'pending'"))
        batch_op.create_index('ix_article_public', ['kim_id', 'public_at', 'id'], unique=False, sqlite_where=sa.text("exposure = 'public'"), postgresql_where=sa.text("exposure = 'public'"))
        batch_op.create_index('ix_article_topic', ['kim_id', 'category_id', 'public_at', 'id'], unique=False, sqlite_where=sa.text("exposure = 'public'"), postgresql_where=sa.text("exposure = 'public'"))

    op.create_table('assessment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('monday', sa.Date(), nullable=False),
    sa.Column('policy_version', sa.Integer(), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_assessment_kim_id_kim')),
    sa.ForeignKeyConstraint(['policy_version'], ['policy_version.version'], name=op.f('fk_assessment_policy_version_policy_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment')),
    sa.UniqueConstraint('kim_id', 'monday', name=op.f('uq_assessment_kim_id_monday'))
    )
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assessment_monday'), ['monday'], unique=False)

    op.create_table('cluster_case',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('from_standing', sa.String(length=16), nullable=False),
    sa.Column('to_standing', sa.String(length=16), nullable=True),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('opened_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('words', sa.String(length=2000), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('if_silent', sa.String(length=16), nullable=True),
    sa.Column('answer', sa.String(length=16), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('answer_words', sa.String(length=2000), nullable=False),
    sa.ForeignKeyConstraint(['answered_by'], ['user_account.id'], name=op.f('fk_cluster_case_answered_by_user_account')),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_cluster_case_kim_id_kim')),
    sa.ForeignKeyConstraint(['opened_by'], ['user_account.id'], name=op.f('fk_cluster_case_opened_by_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cluster_case'))
    )
    with op.batch_alter_table('cluster_case', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cluster_case_answer'), ['answer'], unique=False)
        batch_op.create_index('ix_cluster_case_kim', ['kim_id', 'id'], unique=False)

    op.create_table('event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('verb', sa.String(length=40), nullable=False),
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('object_type', sa.String(length=24), nullable=False),
    sa.Column('object_id', sa.BigInteger(), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['user_account.id'], name=op.f('fk_event_actor_id_user_account')),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_event_kim_id_kim')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event'))
    )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index('ix_event_kim', ['kim_id', 'id'], unique=False)
        batch_op.create_index('ix_event_object', ['object_type', 'object_id', 'id'], unique=False)

    op.create_table('evidence',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('title', sa.String(length=140), nullable=False),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('invitation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('verified_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('verified_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('returned_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('returned_why', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitation.id'], name=op.f('fk_evidence_invitation_id_invitation')),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_evidence_kim_id_kim')),
    sa.ForeignKeyConstraint(['submitted_by'], ['user_account.id'], name=op.f('fk_evidence_submitted_by_user_account')),
    sa.ForeignKeyConstraint(['verified_by'], ['user_account.id'], name=op.f('fk_evidence_verified_by_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence'))
    )
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_invitation_id'), ['invitation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_kim_id'), ['kim_id'], unique=False)

    op.create_table('kim_slug',
    sa.Column('slug', sa.String(length=63), nullable=False),
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_kim_slug_kim_id_kim')),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_kim_slug'))
    )
    with op.batch_alter_table('kim_slug', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kim_slug_kim_id'), ['kim_id'], unique=False)

    op.create_table('ledger_entry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('ref_id', sa.BigInteger(), nullable=True),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_ledger_entry_kim_id_kim')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_entry'))
    )
    with op.batch_alter_table('ledger_entry', schema=None) as batch_op:
        batch_op.create_index('ix_ledger_entry_kim', ['kim_id', 'recorded_at', 'id'], unique=False)

    op.create_table('media',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('uploader_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('widths', sa.JSON(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_media_kim_id_kim')),
    sa.ForeignKeyConstraint(['uploader_id'], ['user_account.id'], name=op.f('fk_media_uploader_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_media'))
    )
    with op.batch_alter_table('media', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_media_kim_id'), ['kim_id'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('role', sa.Enum('pewarta', 'editor', 'head', 'moderator', 'diskominfo', name='role', native_enum=False, create_constraint=True, length=16), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_membership_kim_id_kim')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_membership_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_kim_id'), ['kim_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_membership_user_id'), ['user_id'], unique=False)
        batch_op.create_index('uq_membership_open', ['user_id', 'kim_id', 'role'], unique=True, sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
        batch_op.create_index('uq_membership_open_city', ['user_id', 'role'], unique=True, sqlite_where=sa.text('until IS NULL AND kim_id IS NULL'), postgresql_where=sa.text('until IS NULL AND kim_id IS NULL'))

    op.create_table('notice',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('path', sa.String(length=300), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('mailed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_notice_kim_id_kim')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_notice_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('key', name=op.f('uq_notice_key'))
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index('ix_notice_unmailed', ['id'], unique=False, sqlite_where=sa.text('mailed_at IS NULL'), postgresql_where=sa.text('mailed_at IS NULL'))
        batch_op.create_index('ix_notice_user', ['user_id', 'id'], unique=False)

    op.create_table('private_file',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=140), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('uploaded_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_private_file_kim_id_kim')),
    sa.ForeignKeyConstraint(['uploaded_by'], ['user_account.id'], name=op.f('fk_private_file_uploaded_by_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_private_file'))
    )
    with op.batch_alter_table('private_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_private_file_kim_id'), ['kim_id'], unique=False)

    op.create_table('rest_week',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('monday', sa.Date(), nullable=False),
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reason', sa.String(length=140), nullable=False),
    sa.Column('set_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_rest_week_kim_id_kim')),
    sa.ForeignKeyConstraint(['set_by'], ['user_account.id'], name=op.f('fk_rest_week_set_by_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rest_week'))
    )
    with op.batch_alter_table('rest_week', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rest_week_kim_id'), ['kim_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rest_week_monday'), ['monday'], unique=False)

    op.create_table('article_slug',
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.String(length=100), nullable=False),
    sa.Column('article_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_article_slug_article_id_article')),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_article_slug_kim_id_kim')),
    sa.PrimaryKeyConstraint('kim_id', 'slug', name=op.f('pk_article_slug'))
    )
    with op.batch_alter_table('article_slug', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_article_slug_article_id'), ['article_id'], unique=False)

    op.create_table('decree',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=80), nullable=False),
    sa.Column('dated_on', sa.Date(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('end_assumed', sa.Boolean(), nullable=False),
    sa.Column('signer', sa.String(length=120), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('verified_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('verified_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('scan_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('renewal_requested_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('renewal_refused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('renewal_answer', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_decree_kim_id_kim')),
    sa.ForeignKeyConstraint(['scan_id'], ['private_file.id'], name=op.f('fk_decree_scan_id_private_file')),
    sa.ForeignKeyConstraint(['verified_by'], ['user_account.id'], name=op.f('fk_decree_verified_by_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decree'))
    )
    with op.batch_alter_table('decree', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decree_kim_id'), ['kim_id'], unique=False)

    op.create_table('evidence_file',
    sa.Column('evidence_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_evidence_file_evidence_id_evidence')),
    sa.ForeignKeyConstraint(['file_id'], ['private_file.id'], name=op.f('fk_evidence_file_file_id_private_file')),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_evidence_file_kim_id_kim')),
    sa.PrimaryKeyConstraint('evidence_id', 'file_id', name=op.f('pk_evidence_file'))
    )
    op.create_table('fingerprint',
    sa.Column('article_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('hash', sa.BigInteger(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_fingerprint_article_id_article')),
    sa.PrimaryKeyConstraint('article_id', 'hash', name=op.f('pk_fingerprint'))
    )
    with op.batch_alter_table('fingerprint', schema=None) as batch_op:
        batch_op.create_index('ix_fingerprint_hash_at', ['hash', 'at'], unique=False)

    op.create_table('revision',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('article_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('title', sa.String(length=140), nullable=False),
    sa.Column('lead', sa.String(length=400), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('category_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('event_on', sa.Date(), nullable=True),
    sa.Column('repost_source', sa.String(length=140), nullable=False),
    sa.Column('photo_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('photo_caption', sa.String(length=300), nullable=False),
    sa.Column('photo_alt', sa.String(length=300), nullable=False),
    sa.Column('photo_credit', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_revision_article_id_article')),
    sa.ForeignKeyConstraint(['author_id'], ['user_account.id'], name=op.f('fk_revision_author_id_user_account')),
    sa.ForeignKeyConstraint(['category_id'], ['category.id'], name=op.f('fk_revision_category_id_category')),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_revision_kim_id_kim')),
    sa.ForeignKeyConstraint(['photo_id'], ['media.id'], name=op.f('fk_revision_photo_id_media')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_revision')),
    sa.UniqueConstraint('article_id', 'number', name=op.f('uq_revision_article_id_number'))
    )
    with op.batch_alter_table('revision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_revision_photo_id'), ['photo_id'], unique=False)

    op.create_table('standing',
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('standing', sa.String(length=16), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('assessment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['assessment_id'], ['assessment.id'], name=op.f('fk_standing_assessment_id_assessment')),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_standing_kim_id_kim')),
    sa.PrimaryKeyConstraint('kim_id', name=op.f('pk_standing'))
    )
    op.create_table('board_member',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('decree_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('position', sa.String(length=40), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['decree_id'], ['decree.id'], name=op.f('fk_board_member_decree_id_decree')),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_board_member_kim_id_kim')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_board_member'))
    )
    with op.batch_alter_table('board_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_board_member_kim_id'), ['kim_id'], unique=False)

    op.create_table('revision_media',
    sa.Column('revision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('media_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_revision_media_kim_id_kim')),
    sa.ForeignKeyConstraint(['media_id'], ['media.id'], name=op.f('fk_revision_media_media_id_media')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_revision_media_revision_id_revision')),
    sa.PrimaryKeyConstraint('revision_id', 'media_id', name=op.f('pk_revision_media'))
    )
    with op.batch_alter_table('revision_media', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_revision_media_media_id'), ['media_id'], unique=False)

    # These close circles between tables; SQLite has them in CREATE TABLE already.
    if op.get_bind().dialect.name != "sqlite":
        for name, table, other, column in CIRCLES:
            op.create_foreign_key(name, table, other, [column], ["id"])


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        for name, table, _other, _column in CIRCLES:
            op.drop_constraint(name, table, type_="foreignkey")
    with op.batch_alter_table('revision_media', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_revision_media_media_id'))

    op.drop_table('revision_media')
    with op.batch_alter_table('board_member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_board_member_kim_id'))

    op.drop_table('board_member')
    op.drop_table('standing')
    with op.batch_alter_table('revision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_revision_photo_id'))

    op.drop_table('revision')
    with op.batch_alter_table('fingerprint', schema=None) as batch_op:
        batch_op.drop_index('ix_fingerprint_hash_at')

    op.drop_table('fingerprint')
    op.drop_table('evidence_file')
    with op.batch_alter_table('decree', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_decree_kim_id'))

    op.drop_table('decree')
    with op.batch_alter_table('article_slug', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_article_slug_article_id'))

    op.drop_table('article_slug')
    with op.batch_alter_table('rest_week', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rest_week_monday'))
        batch_op.drop_index(batch_op.f('ix_rest_week_kim_id'))

    op.drop_table('rest_week')
    with op.batch_alter_table('private_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_private_file_kim_id'))

    op.drop_table('private_file')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_index('ix_notice_user')
        batch_op.drop_index('ix_notice_unmailed', sqlite_where=sa.text('mailed_at IS NULL'), postgresql_where=sa.text('mailed_at IS NULL'))

    op.drop_table('notice')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index('uq_membership_open_city', sqlite_where=sa.text('until IS NULL AND kim_id IS NULL'), postgresql_where=sa.text('until IS NULL AND kim_id IS NULL'))
        batch_op.drop_index('uq_membership_open', sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
        batch_op.drop_index(batch_op.f('ix_membership_user_id'))
        batch_op.drop_index(batch_op.f('ix_membership_kim_id'))

    op.drop_table('membership')
    with op.batch_alter_table('media', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_media_kim_id'))

    op.drop_table('media')
    with op.batch_alter_table('ledger_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_ledger_entry_kim')

    op.drop_table('ledger_entry')
    with op.batch_alter_table('kim_slug', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kim_slug_kim_id'))

    op.drop_table('kim_slug')
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_kim_id'))
        batch_op.drop_index(batch_op.f('ix_evidence_invitation_id'))

    op.drop_table('evidence')
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index('ix_event_object')
        batch_op.drop_index('ix_event_kim')

    op.drop_table('event')
    with op.batch_alter_table('cluster_case', schema=None) as batch_op:
        batch_op.drop_index('ix_cluster_case_kim')
        batch_op.drop_index(batch_op.f('ix_cluster_case_answer'))

    op.drop_table('cluster_case')
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assessment_monday'))

    op.drop_table('assessment')
    with op.batch_alter_table('article', schema=None) as batch_op:
        batch_op.drop_index('ix_article_topic', sqlite_where=sa.text("exposure = 'public'"), postgresql_where=sa.text("exposure = 'public'"))
        batch_op.drop_index('ix_article_public', sqlite_where=sa.text("exposure = 'public'"), postgresql_where=sa.text("exposure = 'public'"))
        batch_op.drop_index('ix_article_pending', sqlite_where=sa.text("feed_state = 'pending'"), postgresql_where=sa.text("feed_state = 'pending'"))
        batch_op.drop_index(batch_op.f('ix_article_live_revision_id'))
        batch_op.drop_index('ix_article_feed_topic', sqlite_where=sa.text("exposure = 'public' AND feed_state = 'accepted'"), postgresql_where=sa.text("exposure = 'public' AND feed_state = 'accepted'"))
        batch_op.drop_index('ix_article_feed', sqlite_where=sa.text("exposure = 'public' AND feed_state = 'accepted'"), postgresql_where=sa.text("exposure = 'public' AND feed_state = 'accepted'"))
        batch_op.drop_index('ix_article_desk')
        batch_op.drop_index(batch_op.f('ix_article_category_id'))
        batch_op.drop_index(batch_op.f('ix_article_author_id'))

    op.drop_table('article')
    with op.batch_alter_table('kim', schema=None) as batch_op:
        batch_op.drop_index('uq_kim_open_kelurahan', sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    op.drop_table('kim')
    op.drop_table('evaluation')
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_user_id'))

    op.drop_table('sign_in')
    op.drop_table('policy_version')
    with op.batch_alter_table('one_time_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_one_time_link_user_id'))

    op.drop_table('one_time_link')
    with op.batch_alter_table('kelurahan', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kelurahan_kecamatan_id'))

    op.drop_table('kelurahan')
    op.drop_table('invitation')
    with op.batch_alter_table('idempotency_key', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_idempotency_key_at'))

    op.drop_table('idempotency_key')
    op.drop_table('user_account')
    op.drop_table('page_moment')
    op.drop_table('page_counter')
    op.drop_table('kecamatan')
    op.drop_table('category')
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_index('ix_attempt_key_at')

    op.drop_table('attempt')
