"""Settings of people and sign-in that are the same wherever the site runs; settings.py takes them in."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.text import slugify

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "charters:mandate"
LOGOUT_REDIRECT_URL = "members:front-page"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_ADAPTER = "members.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "members.account_forms.LoginForm",
    "reset_password": "members.account_forms.ResetPasswordForm",
    "reset_password_from_key": "members.account_forms.ResetPasswordKeyForm",
    "change_password": "members.account_forms.ChangePasswordForm",
    "set_password": "members.account_forms.SetPasswordForm",
    "reauthenticate": "members.account_forms.ReauthenticateForm",
    "request_login_code": "members.account_forms.RequestCodeForm",
    "confirm_login_code": "members.account_forms.ConfirmCodeForm",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60  # seconds; municipal mail is not always quick
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "members.accounts.PasswordTokens"  # noqa: S105
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# An unknown address gets a mail too: then neither the page nor its speed tells who is in the register.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
PASSWORD_RESET_TIMEOUT = 7 * 24 * 60 * 60  # seconds; an invitation must outlive a weekend
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

MFA_ADAPTER = "members.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "OS2arbejdsgrupper"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are the secretariat's to vouch for
MFA_FORMS = {
    "authenticate": "members.second_factor_forms.AuthenticateForm",
    "reauthenticate": "members.second_factor_forms.ReauthenticateForm",
    "activate_totp": "members.second_factor_forms.ActivateForm",
    "deactivate_totp": "members.second_factor_forms.DeactivateForm",
    "add_webauthn": "members.second_factor_forms.AddPasskeyForm",
    "login_webauthn": "members.second_factor_forms.LoginPasskeyForm",
    "authenticate_webauthn": "members.second_factor_forms.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "members.second_factor_forms.ReauthenticatePasskeyForm",
    "generate_recovery_codes": "members.second_factor_forms.NewCodesForm",
}

SOCIALACCOUNT_ADAPTER = "members.organisation_logins.OrganisationLoginAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # members.organisation_logins.begin says why, and what stands guard instead
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True


def oidc_apps(providers: list[dict[str, str]]) -> list[dict[str, Any]]:
    """allauth's settings for the organisations in ``OIDC_PROVIDERS``.

    Raises:
        ImproperlyConfigured: one lacks something, or two have the same id.
    """
    apps = []
    for provider in providers:
        missing = {"name", "server_url", "client_id", "secret"} - provider.keys()
        if missing:
            raise ImproperlyConfigured(f"OIDC_PROVIDERS: a provider has no {', '.join(sorted(missing))}.")
        app = {key: provider[key] for key in ("name", "client_id", "secret")}
        app["provider_id"] = provider.get("id") or slugify(provider["name"])
        more = {"server_url": provider["server_url"], "oauth_pkce_enabled": True}
        apps.append(app | {"settings": more})
    if len({app["provider_id"] for app in apps}) < len(apps):
        raise ImproperlyConfigured("OIDC_PROVIDERS: two providers have the same id.")
    return apps
