"""Settings of the record. Secure unless the address is this machine's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from konbit.web.environment import environment, ledger_seed, secret_key

ENVIRONMENT = environment()
_LOCAL = ENVIRONMENT.is_local

DEBUG = False
SECRET_KEY = secret_key(ENVIRONMENT.data)
LEDGER_SEED = ledger_seed(ENVIRONMENT.data)
# Whatever watches over the process asks it by its number.
ALLOWED_HOSTS = [ENVIRONMENT.host, "127.0.0.1", *(["localhost", "[::1]"] if _LOCAL else [])]
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.address]
ROOT_URLCONF = "konbit.web.urls"
WSGI_APPLICATION = "konbit.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"

INSTALLED_APPS = [
    "konbit.web.site",  # first: its templates stand before those of the parts we build on
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "procrastinate.contrib.django",
    "konbit.web.missions",
    "konbit.web.people",
    "konbit.web.history",
    "konbit.web.tables",
    "konbit.web.imports",
    "konbit.web.plans",
    "konbit.web.pledges",
    "konbit.web.ledger",
    "konbit.web.mandates",
    "konbit.web.transparency",
]

MIDDLEWARE = [
    "konbit.web.site.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "konbit.web.site.middleware.Reader",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "konbit.web.site.middleware.SecondFactor",
    "konbit.web.site.middleware.ApiMethods",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "konbit.web.site.context.reader",
            ],
            "builtins": ["konbit.web.site.templatetags.words"],
        },
    }
]

# PostgreSQL. The role that serves owns no table; `owner` exists only where migrations run.
_POOL = {"min_size": 1, "max_size": ENVIRONMENT.pool_most, "timeout": 10}


def _database(url: str, *, pooled: bool) -> dict[str, Any]:
    found: dict[str, Any] = dict(dj_database_url.parse(url))
    found["CONN_MAX_AGE"] = 0  # the pool keeps connections; a lent one goes back after a request
    found["OPTIONS"] = {**found.get("OPTIONS", {}), **({"pool": _POOL} if pooled else {})}
    return found


DATABASES = {
    "default": _database(ENVIRONMENT.database_url or "postgresql://konbit_app@/konbit", pooled=True)
}
if ENVIRONMENT.owner_url:
    DATABASES["owner"] = _database(ENVIRONMENT.owner_url, pooled=False)

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
    }
}

# Uploads. What is larger is refused before it is read.
LARGEST_UPLOAD_BYTES = 40_000_000
LARGEST_ATTACHMENT_BYTES = 10_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "konbit.web.site.uploads.Limited",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Transport and browser. HTTPS everywhere but on this machine itself.
SECURE_SSL_REDIRECT = not _LOCAL
SECURE_HSTS_SECONDS = 0 if _LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not _LOCAL
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SESSION_COOKIE_SECURE = not _LOCAL
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SECURE = not _LOCAL
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "konbit.web.site.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
if ENVIRONMENT.trusts_proxy:
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *ENVIRONMENT.sign_on_origins],
        "frame-ancestors": [NONE],
        "frame-src": [SELF],
        "base-uri": [NONE],
    }
}

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# The queue of plans, looks ahead, reminders and checkpoints lives in PostgreSQL too.
PROCRASTINATE_IMPORT_PATHS = [
    "konbit.web.plans.work",
    "konbit.web.pledges.work",
    "konbit.web.transparency.work",
    "konbit.web.site.work",
]

# Languages. Our own sentences are TOML catalogues; Django's serve the library's account pages.
# Django itself has no Creole: what those pages can show is translated in `locale`.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("es", "Español"), ("ht", "Kreyòl")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Sign-in.
AUTHENTICATION_BACKENDS = ["konbit.web.people.sign_in.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "konbit.web.people.sign_in.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proven by the invitation sent to it
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "10/m/ip,3/h/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
USERSESSIONS_TRACK_ACTIVITY = False  # it would write on every page that is read
ACCOUNT_FORMS = {"login": "konbit.web.people.sign_in_forms.SignInForm"}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_FORMS = {
    "authenticate": "konbit.web.people.sign_in_forms.CodeForm",
    "add_webauthn": "konbit.web.people.sign_in_forms.AddKeyForm",
    "authenticate_webauthn": "konbit.web.people.sign_in_forms.SecondKeyForm",
    "login_webauthn": "konbit.web.people.sign_in_forms.SignInKeyForm",
    "reauthenticate_webauthn": "konbit.web.people.sign_in_forms.ConfirmKeyForm",
    "edit_webauthn": "konbit.web.people.sign_in_forms.EditKeyForm",
}
MFA_ADAPTER = "konbit.web.people.sign_in.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # who was invited there has proven it; asking anew is a dead end
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _LOCAL
MFA_TOTP_ISSUER = "Konbit"
SOCIALACCOUNT_ADAPTER = "konbit.web.people.sign_in.SingleSignOn"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if ENVIRONMENT.oidc_server:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisation",
                "name": ENVIRONMENT.oidc_name or "OpenID Connect",
                "client_id": ENVIRONMENT.oidc_client,
                "secret": ENVIRONMENT.oidc_secret,
                "settings": {"server_url": ENVIRONMENT.oidc_server},
            }
        ],
    }

DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if ENVIRONMENT.mail_url:
    from konbit.web.mail import mail_settings

    globals().update(mail_settings(ENVIRONMENT.mail_url))

# One JSON object a line, without names, addresses or what people write.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
            "rename_fields": {"asctime": "at", "levelname": "level"},
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "konbit": {"level": "INFO"},
        # Its lines carry addresses with what people searched for; ours do not.
        "django.request": {"level": "CRITICAL"},
        "django.security": {"level": "CRITICAL"},
    },
}
