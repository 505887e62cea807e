"""What a WSGI server runs."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "konbit.web.settings")
application = get_wsgi_application()
# All pages and the API are put together now, once for all processes, and not while the first
# visitor of each waits.
get_resolver().reverse("live")
# What was loaded stays until the process ends: nothing of it is to be looked through again for
# garbage while pages are made.
gc.collect()
gc.freeze()
