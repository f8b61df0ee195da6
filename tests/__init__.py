"""The suite. The PostgreSQL package warns where XDG_RUNTIME_DIR is unset or open to others, and
warnings are errors here."""

import os
import tempfile
from pathlib import Path

_private = Path(tempfile.gettempdir()) / f"kimcms-tests-{os.getuid()}"
_private.mkdir(mode=0o700, exist_ok=True)
os.environ.setdefault("XDG_RUNTIME_DIR", str(_private))
