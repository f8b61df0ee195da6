"""All routes of the portal."""

from kimcms.web.portal import feed, portal, statements

__all__ = ["feed", "portal", "statements"]
