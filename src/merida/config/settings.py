"""Settings of merida. Everything that differs between a laptop and a ministry comes from the environment.

MERIDA_DATA      where database, stored files and keys lie (default: ``var`` beside the sources)
DATABASE_URL     ``postgres://…`` instead of the SQLite file
MERIDA_HOSTS     host names served, comma separated (default: this machine only)
MERIDA_PROXIES   how many proxies of your own stand in front (default: none)
MERIDA_USAGE     ``0``: use is not counted
MERIDA_COUNTRIES a table of networks and countries (CSV), for visits by country (default: none)
MERIDA_FONTS     a folder with fonts for PDF files, beside those of the machine (default: none)
MERIDA_MAIL      the mail server, ``smtp+tls://name:word@host:587`` (default: messages are files under ``mail/``)
MERIDA_MAIL_FROM whom messages are from (default: ``merida@localhost``)
MERIDA_SITE      the address of the site in messages that a command sends (default: ``http://localhost:8000``)
MERIDA_DEBUG     ``1`` while developing
"""

import secrets
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.Env()
BASE = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]
DATA = Path(env("MERIDA_DATA", default=str(BASE / "var"))).resolve()
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)


def _own_secret(name: str) -> str:
    """Return a secret of this installation, made on first use and readable by its owner only."""
    path = DATA / name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


DEBUG = env.bool("MERIDA_DEBUG", default=False)
SECRET_KEY = env("MERIDA_SECRET_KEY", default="") or _own_secret("secret-key")
ALLOWED_HOSTS = env.list("MERIDA_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
HTTPS = env.bool("MERIDA_HTTPS", default=False)  # cookies marked secure, HSTS

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "merida.foundation.people",
    "merida.foundation.changes",
    "merida.foundation.sources",
    "merida.foundation.registry",
    "merida.foundation.files",
    "merida.foundation.access",
    "merida.knowledge.documents",
    "merida.knowledge.crosswalk",
    "merida.knowledge.observatory",
    "merida.knowledge.library",
    "merida.knowledge.directory",
    "merida.review.questionnaires",
    "merida.review.draws",
    "merida.review.synergies",
    "merida.cooperation.meetings",
    "merida.cooperation.mandates",
    "merida.exchange.search",
    "merida.exchange.usage",
    "merida.exchange.offline",
    "merida.exchange.digests",
    "merida.exchange.outputs",
    "merida.exchange.alignment",
    "merida.exchange.curation",
    "merida.exchange.ingest",
    "merida.exchange.deliveries",
    "merida.interfaces.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "merida.interfaces.web.usage.UsageMiddleware",  # outside the others: it sees what is sent in the end
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "merida.foundation.access.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "merida.config.urls"
WSGI_APPLICATION = "merida.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "interfaces" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "merida.interfaces.web.context.page",
            ],
        },
    },
]

DATABASES = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA / 'merida.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            # No memory map: measured no faster at 300 MB, and it trebles what each worker is seen to hold.
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-4000; PRAGMA temp_store=MEMORY;"
        ),
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Languages: the six official ones. Chinese is zh in addresses, zh-hans inside Django (its catalogues are named so).
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", "العربية"),
    ("zh-hans", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
]
LOCALE_PATHS = [PACKAGE / "interfaces" / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31536000 if not DEBUG else 0
FILES_DIRECTORY = DATA / "files"
DELIVERIES_DIRECTORY = DATA / "deliveries"
KEYS_DIRECTORY = DATA / "keys"
UPLOAD_LIMIT = 100 * 1024 * 1024  # bytes; a larger document is refused with a message
USAGE_COUNTED = env.bool("MERIDA_USAGE", default=True)
FONTS_DIRECTORY = env("MERIDA_FONTS", default="")
COUNTRIES_TABLE = env("MERIDA_COUNTRIES", default="")
# Bytes of a form without its files. The longest answer, 500,000 characters, arrives as up to 12 bytes each.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a table of 200 rows and 100 columns is one form

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "merida.foundation.people.sign_in.Adapter"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("MERIDA_PROXIES", default=0)  # their addresses are not the reader's
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # steps of 30 s that a telephone's clock may be off
MFA_ADAPTER = "merida.foundation.people.sign_in.SecondFactorAdapter"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "home"
# Without a server letters are put down as files. MERIDA_MAIL is such as smtp+tls://name:password@mail.example.org:587
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
if env("MERIDA_MAIL", default=""):
    MAIL_SERVER = env.email_url("MERIDA_MAIL")
    EMAIL_BACKEND = MAIL_SERVER["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = MAIL_SERVER["EMAIL_HOST"], MAIL_SERVER["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER["EMAIL_HOST_USER"], MAIL_SERVER["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SERVER.get("EMAIL_USE_TLS", False), MAIL_SERVER.get("EMAIL_USE_SSL", False)
    EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("MERIDA_MAIL_FROM", default="merida@localhost")
SITE_ADDRESS = env("MERIDA_SITE", default="http://localhost:8000").rstrip("/")  # where letters lead

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0

SITE_NAME = _("merida")
