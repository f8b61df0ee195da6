"""Search: the words of exposed articles, and the slips that find title words"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from kimcms.db import UtcDateTime
from kimcms.domain.search import ROOM, index_words, place_of, slips, text_words
from kimcms.models.search import Stems

revision = '0006'
down_revision = '0005'

_STEMS = sa.Text().with_variant(postgresql.TSVECTOR(), 'postgresql')

# On SQLite the index reads its words out of `search_entry`, and triggers tell it of each change.
_FTS5 = (
    """CREATE VIRTUAL TABLE search_index USING fts5(
        title, body, content='search_entry', content_rowid='place',
        tokenize="unicode61 remove_diacritics 0 tokenchars '_'")""",
    """CREATE TRIGGER search_entry_insert AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_index (rowid, title, body) VALUES (new.place, new.title, new.body);
    END""",
    """CREATE TRIGGER search_entry_delete AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_index (search_index, rowid, title, body)
        VALUES ('delete', old.place, old.title, old.body);
    END""",
    """CREATE TRIGGER search_entry_update AFTER UPDATE ON search_entry BEGIN
        INSERT INTO search_index (search_index, rowid, title, body)
        VALUES ('delete', old.place, old.title, old.body);
        INSERT INTO search_index (rowid, title, body) VALUES (new.place, new.title, new.body);
    END""",
)


def upgrade() -> None:
    op.create_table('search_entry',
    sa.Column('place', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('article_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('revision_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', _STEMS, nullable=False),
    sa.Column('body', _STEMS, nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_search_entry_article_id_article')),
    sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name=op.f('fk_search_entry_kim_id_kim')),
    sa.PrimaryKeyConstraint('place', name=op.f('pk_search_entry')),
    sa.UniqueConstraint('article_id', name=op.f('uq_search_entry_article_id'))
    )
    op.create_index('ix_search_entry_kim_id', 'search_entry', ['kim_id'])
    op.create_table('search_slip',
    sa.Column('slip', sa.String(length=40), nullable=False),
    sa.Column('stem', sa.String(length=40), nullable=False),
    sa.PrimaryKeyConstraint('slip', 'stem', name=op.f('pk_search_slip'))
    )
    if op.get_bind().dialect.name == 'sqlite':
        for statement in _FTS5:
            op.execute(statement)
    else:
        op.create_index('ix_search_entry_body', 'search_entry', ['body'], postgresql_using='gin')
    fill(op.get_bind())


def fill(bind: sa.Connection) -> None:
    """Everything that is live. The words are cut as the program cuts them today."""
    article = sa.table('article', *map(sa.column, ('id', 'kim_id', 'exposure', 'live_revision_id')),
                       sa.column('public_at', UtcDateTime()))
    revision = sa.table('revision', *map(sa.column, ('id', 'category_id', 'title', 'lead', 'body')))
    entry = sa.table('search_entry', *map(sa.column, ('place', 'article_id', 'kim_id', 'revision_id')),
                     sa.column('title', Stems()), sa.column('body', Stems()))
    slip = sa.table('search_slip', sa.column('slip'), sa.column('stem'))
    live = (
        sa.select(article.c.id, article.c.public_at, revision.c.id, article.c.kim_id,
                  *(revision.c[name] for name in ('category_id', 'title', 'lead', 'body')))
        .join(revision, revision.c.id == article.c.live_revision_id)
        .where(article.c.exposure == 'public')
        .order_by(article.c.public_at, article.c.id)
    )
    known = set()
    with bind.execute(live.execution_options(yield_per=500)) as found:
        for some in found.partitions(500):
            entries, pairs = [], []
            for article_id, at, revision_id, kim_id, topic_id, head, lead, text in some:
                title, body = index_words(kim_id, topic_id, head, lead, text_words(lead, text))
                entries.append({'place': place_of(at) + article_id % ROOM, 'article_id': article_id, 'kim_id': kim_id,
                                'revision_id': revision_id, 'title': title, 'body': body})
                for word in set(title.split()) - known:
                    known.add(word)
                    pairs += [{'slip': form, 'stem': word} for form in sorted(slips(word, 1))]
            bind.execute(sa.insert(entry), entries)
            if pairs:
                bind.execute(sa.insert(slip), pairs)


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TABLE search_index')
    op.drop_table('search_slip')
    op.drop_table('search_entry')
