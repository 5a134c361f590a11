"""Where the page's modules are fetched from."""

import re


def file_of(module: str) -> re.Pattern[str]:
    """The address of a module, by itself or joined with others."""
    return re.compile(rf"/static/(js|joined)/([\w/]+/)?{module}(-[0-9a-f]+)?\.js$")
