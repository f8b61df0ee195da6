"""Entry point of web servers: `granian --interface wsgi wsgi:app`."""

import sys

from kimcms.app import create_app
from kimcms.config import BadSetting

try:
    app = create_app()
except BadSetting as problem:
    sys.exit(str(problem))
