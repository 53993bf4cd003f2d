"""Settings, all of them from the environment (README.md lists each variable).

Without ``DEBUG`` or ``DEMO`` everything is as production needs it: no default secret, HTTPS only.
"""

import sys
from pathlib import Path

import bootstrap_wrapper
import environ
import ttf_opensans
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from os2groups.sign_in import *  # noqa: F403
from os2groups.sign_in import oidc_apps

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# --- How the site runs --------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
# A demo behaves like production in all but the transport: plain HTTP on one's own machine.
DEMO = env.bool("DEMO", default=False)
LOCAL = DEBUG or DEMO

if LOCAL:
    SECRET_KEY = env.str("SECRET_KEY", default="only-for-this-machine-" + "0123456789abcdef" * 3)
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
else:
    missing = [name for name in ("SECRET_KEY", "ALLOWED_HOSTS") if not env.str(name, default="")]
    if missing:
        raise ImproperlyConfigured(
            f"Set {' and '.join(missing)} in the environment (README.md, Settings), "
            "or DEBUG=true for development."
        )
    SECRET_KEY = env.str("SECRET_KEY")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")

# Links in mails are built from this, never from the request's Host header.
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000" if LOCAL else f"https://{ALLOWED_HOSTS[0]}")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Where /was leads: the statement itself is made in Digitaliseringsstyrelsen's WAS-Tool.
ACCESSIBILITY_STATEMENT_URL = env.str("ACCESSIBILITY_STATEMENT_URL", default="")

INSTALLED_APPS = [
    "members",
    "charters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_prose_editor",
    "django_tasks_db",
    "guardian",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "auditlog",
    "django.forms",  # its templates, those that are not ours
]

MIDDLEWARE = [
    "os2groups.request_log.each_request_is_told",
    # First what every answer carries, also those that the next ones give by themselves.
    "os2groups.middleware.headers_stand_on_every_answer",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "os2groups.middleware.cookies_are_words",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "os2groups.middleware.whoever_acts_is_known",
    "os2groups.middleware.private_pages_are_not_kept",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "os2groups.middleware.staff_have_a_second_factor",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "os2groups.urls"
WSGI_APPLICATION = "os2groups.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # templates/django/forms are ours
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Database -----------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'os2groups.sqlite3'}")}
_database = DATABASES["default"]
if "sqlite" in _database["ENGINE"]:
    _database["ENGINE"] = "os2groups.sqlite"
    # WAL lets readers go on while one writes; IMMEDIATE makes writers queue instead of failing
    # half-way; FULL keeps an acknowledged adoption through a power cut (the volumes are tiny).
    _database.setdefault("OPTIONS", {}).update(
        {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA recursive_triggers=ON;",  # else REPLACE would delete past charters.triggers
        }
    )
    if _database["NAME"] and _database["NAME"] != ":memory:":
        Path(_database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
else:
    _options = _database.setdefault("OPTIONS", {})
    # A pool: opening a connection for each request costs most of the throughput.
    _options.setdefault("pool", {"min_size": 1, "max_size": 8, "timeout": 10})
    # A page is one of many at a time: helpers cost more to start than they save it, and take others' turn.
    # The register fits in memory, where any part of a table is as near as the next.
    _options.setdefault("options", "-c max_parallel_workers_per_gather=0 -c random_page_cost=1.1")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Tasks: kept in the database, run by "manage.py db_worker" -----------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- People and sign-in -------------------------------------------------------------------------

# Whether OS2's own staff must have a second factor; they are led to set it up (os2groups.middleware).
REQUIRE_SECOND_FACTOR_FOR_STAFF = env.bool("REQUIRE_SECOND_FACTOR_FOR_STAFF", default=False)
# Organisations whose own login one can use, as JSON; README.md shows one.
OIDC_APPS = oidc_apps(env.json("OIDC_PROVIDERS", default=[]))
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": OIDC_APPS}}
# How long an ended membership is kept before it is listed for clearing (members.privacy.retention).
MEMBERSHIP_RETENTION_YEARS = env.int("MEMBERSHIP_RETENTION_YEARS", default=5)
if MEMBERSHIP_RETENTION_YEARS < 1:
    raise ImproperlyConfigured("MEMBERSHIP_RETENTION_YEARS must be 1 or more.")
# All else about sign-in is the same everywhere, and stands in os2groups/sign_in.py.

# Counts failed sign-ins. In the database, since web processes and machines must count together; a crowd
# of addresses may not push an attacker's own count out, hence the many entries.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# --- The log of the register: django-auditlog writes in a table of ours ---------------------------

AUDITLOG_LOGENTRY_MODEL = "members.LogEntry"
MIGRATION_MODULES = {"auditlog": None}  # its own table would stand empty
AUDITLOG_STORE_JSON_CHANGES = True

# --- Language and time --------------------------------------------------------------------------

LANGUAGE_CODE = "da"
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["os2groups.formats"]

# --- Static files: ours from static/, everybody else's from their packages -----------------------

STATIC_URL = "static/"
STATIC_ROOT = None if LOCAL else env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
_bootstrap = Path(bootstrap_wrapper.__file__).parent.parent / "bootstrap"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", _bootstrap),
    ("fonts", Path(ttf_opensans.__file__).parent / "ttf"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = LOCAL
WHITENOISE_AUTOREFRESH = DEBUG

# --- E-mail -------------------------------------------------------------------------------------

_mail = env.email("EMAIL_URL", default="smtp://localhost:25")
_smtp = {
    "host": _mail["EMAIL_HOST"],
    "port": _mail["EMAIL_PORT"],
    "username": _mail["EMAIL_HOST_USER"],
    "password": _mail["EMAIL_HOST_PASSWORD"],
    "use_tls": _mail.get("EMAIL_USE_TLS", False),
    "use_ssl": _mail.get("EMAIL_USE_SSL", False),
    "timeout": 10,
}
MAILERS = {
    "default": {
        "BACKEND": _mail["EMAIL_BACKEND"],
        "OPTIONS": _smtp if _mail["EMAIL_BACKEND"].endswith("smtp.EmailBackend") else {},
    }
}
if LOCAL and not env.str("EMAIL_URL", default=""):
    MAILERS["default"] = {"BACKEND": "os2groups.console_mail.EmailBackend", "OPTIONS": {}}
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="OS2arbejdsgrupper <arbejdsgrupper@os2.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Security -----------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_NAME = "sessionid" if LOCAL else "__Host-sessionid"
CSRF_COOKIE_NAME = "csrftoken" if LOCAL else "__Host-csrftoken"
CSRF_COOKIE_HTTPONLY = False
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not LOCAL)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^sundhed/$"]  # asked over plain HTTP, from inside
SECURE_HSTS_SECONDS = 0 if LOCAL else env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL
SECURE_REFERRER_POLICY = "same-origin"
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Sign-ins are counted by address: without this, everyone would share the proxy's.
    ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_COUNT", default=1)
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
# A whole charter in one POST is far below this; a body above it is refused, not read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "os2groups.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Logging ------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {request_id}: {message}", "style": "{"}},
    "filters": {
        "secret": {"()": "os2groups.secret_addresses.SecretAddresses"},
        "request": {"()": "os2groups.request_log.RequestId"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "formatter": "line",
            "filters": ["secret", "request"],
        }
    },
    "root": {
        "handlers": ["console"],
        "level": env.str("LOG_LEVEL", default="INFO" if not DEMO else "WARNING"),
    },
    # "Not yours" and "not there" are answers, not faults: no traceback for each.
    "loggers": {"django.request": {"level": "ERROR"}},
}
