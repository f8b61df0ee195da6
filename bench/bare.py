"""The least that a WSGI app can do: what the file BENCH_ANSWERS says for each path."""

from __future__ import annotations

import json
import os
from base64 import b64decode
from pathlib import Path
from typing import Any

ANSWERS = {
    path: ([(name, value) for name, value in headers], b64decode(body))
    for path, (headers, body) in json.loads(Path(os.environ["BENCH_ANSWERS"]).read_text()).items()
}


def app(environ: dict[str, Any], start: Any) -> list[bytes]:
    headers, body = ANSWERS[environ["PATH_INFO"]]
    start("200 OK", headers)
    return [body]
