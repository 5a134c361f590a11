"""Between recipes and the code that people write: a pasted line is read as data, never run."""

from .dialects import DialectName
from .pasted import Pasted, read_code
from .source import NotCode
from .written import NOT_CLASSIFIED, curl_of, script_of, written_layers

__all__ = [
    "NOT_CLASSIFIED",
    "DialectName",
    "NotCode",
    "Pasted",
    "curl_of",
    "read_code",
    "script_of",
    "written_layers",
]
