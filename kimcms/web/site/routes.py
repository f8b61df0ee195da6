"""All routes of a subsite."""

from kimcms.web.site import articles, site, statements

__all__ = ["articles", "site", "statements"]
