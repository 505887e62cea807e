"""What a WSGI server runs."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konbit.web.settings")
application = get_wsgi_application()
# What was loaded stays until the process ends: nothing of it is to be looked through again for
# garbage while pages are made.
gc.collect()
gc.freeze()
