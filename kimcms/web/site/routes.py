"""All routes of a subsite."""

from kimcms.web.site import articles, site

__all__ = ["articles", "site"]
