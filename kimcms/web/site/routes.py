"""All routes of a subsite."""

from kimcms.web.site import articles, reads, site, statements

__all__ = ["articles", "reads", "site", "statements"]
