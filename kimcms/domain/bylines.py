"""How many people stand under an article: its author, and who worked on it beside."""

MOST = 5
