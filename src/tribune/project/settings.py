"""Django's settings, all from `configuration`. Wires the rooms together; has no idea of its own."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from tribune.common.catalogue import compiled
from tribune.project import configuration

CONFIGURATION = configuration.load()
DATA = CONFIGURATION["data"]
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = CONFIGURATION["secret_key"] or configuration.kept_secret(DATA)
DEBUG = CONFIGURATION["debug"]
ALLOWED_HOSTS = list(CONFIGURATION["hosts"])
BASE_URL = CONFIGURATION["base_url"].rstrip("/")
SAMPLE = CONFIGURATION["sample"]
MODEL_URL = CONFIGURATION["model_url"]
MODEL_NAME = CONFIGURATION["model_name"]
MODEL_KEY = CONFIGURATION["model_key"]
MODEL_SECONDS = CONFIGURATION["model_seconds"]
PROXY_HOPS = CONFIGURATION["proxy_hops"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "tribune.common",
    # Before allauth: its pages are replaced by ours.
    "tribune.people",
    "allauth",
    "allauth.account",
    "tribune.watch",
    "tribune.evidence",
    "tribune.listen",
    "tribune.synthesise",
    "tribune.submit",
    "tribune.trace",
    "tribune.project",
]

MIDDLEWARE = [
    "tribune.common.middleware.SecurityHeaders",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tribune.people.middleware.Doorkeeper",
    "tribune.common.middleware.Refusals",
]

ROOT_URLCONF = "tribune.project.urls"
WSGI_APPLICATION = "tribune.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tribune.common.context.page",
            ],
        },
    }
]

DATABASES = {"default": configuration.database(CONFIGURATION["database_url"], DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# People sign in with a code sent to their address; there are no passwords to lose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "tribune.people.queries.name_of"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "tribune.people.sign_in.Adapter"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "people:me"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", "العربية"),
    ("en", "English"),
    ("es", "Español"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("zh-hans", "中文"),
]
LOCALE_PATHS = [compiled(PACKAGE / "locale", DATA / "catalogues")]
TIME_ZONE = CONFIGURATION["time_zone"]
USE_I18N = True
USE_TZ = True
# "14 May 2027" and 18:00, on every page: Django's own would write "May 14, 2027" and "6 p.m." in English.
FORMAT_MODULE_PATH = ["tribune.common.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = DATA / "files"
# Whitenoise serves straight from the rooms' folders: one command less between a clone and a page.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

SESSION_COOKIE_NAME = "tribune_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIGURATION["https"]
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# "No cookie beyond the session" (S7): the form token lives in it.
CSRF_USE_SESSIONS = True
SECURE_HSTS_SECONDS = 31_536_000 if CONFIGURATION["https"] else 0
# Nothing to other sites. "no-referrer" would send our own forms without an origin (docs/decisions/0004).
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if CONFIGURATION["https"]:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Every mail is a row first; the worker delivers it (GROUND.md, Outbox).
EMAIL_BACKEND = "tribune.common.mail.backend.QueueBackend"
_mail = configuration.mail(CONFIGURATION["mail_url"], DATA)
MAIL_DELIVERY_BACKEND = _mail.pop("DELIVERY_BACKEND")
globals().update(_mail)
DEFAULT_FROM_EMAIL = CONFIGURATION["mail_from"]

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

FILE_LIMITS = {
    "megabytes": CONFIGURATION["file_limit_mb"],
    "pages": CONFIGURATION["file_limit_pages"],
    "seconds": CONFIGURATION["file_limit_seconds"],
    "memory_mb": CONFIGURATION["file_limit_memory_mb"],
    "ocr_seconds": CONFIGURATION["file_limit_ocr_seconds"],
    "at_once_mb": CONFIGURATION["file_at_once_mb"],
}

PERMISSION_TABLE = "tribune.project.permissions.TABLE"
NAVIGATION = [
    (_("Deadlines"), "front"),
    (_("Drafts"), "watch:drafts"),
    (_("Consultations"), "listen:consultations"),
    (_("Asks"), "trace:asks"),
    (_("Cities"), "people:cities"),
    (_("Search"), "watch:search"),
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"tribune": {"level": "INFO"}},
}
