"""All routes of the portal."""

from kimcms.web.portal import feed, portal

__all__ = ["feed", "portal"]
