"""The one way in which the lower floors say no to what a person sent."""

from __future__ import annotations


class Refused(ValueError):
    """Something sent is not taken. `code` is for machines; the page floor has the sentence.

    `values` are what the sentence may want to name, such as limit=64000.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
