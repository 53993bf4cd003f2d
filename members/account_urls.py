"""Sign-in at Danish addresses: those of allauth's views that we use, under allauth's own names."""

from allauth.account import views
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid
from django.urls import path, re_path

from members import organisation_logins

urlpatterns = [
    path("log-ind/", views.login, name="account_login"),
    path("log-ind/kode/", views.request_login_code, name="account_request_login_code"),
    path("log-ind/kode/skriv/", views.confirm_login_code, name="account_confirm_login_code"),
    path("log-ind/totrin/", second_factor.authenticate, name="mfa_authenticate"),
    path("log-ind/noegle/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("log-ind/med/<slug:provider_id>/", organisation_logins.begin, name="openid_connect_login"),
    path("log-ind/med/<slug:provider_id>/retur/", openid.callback, name="openid_connect_callback"),
    path("log-ind/afbrudt/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("log-ud/", views.logout, name="account_logout"),
    # Nobody signs up: the page says that the secretariat invites. allauth needs the name to exist.
    path("opret/", views.signup, name="account_signup"),
    path("inaktiv/", views.account_inactive, name="account_inactive"),
    path("bekraeft/", views.reauthenticate, name="account_reauthenticate"),
    path("bekraeft/kode/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("bekraeft/noegle/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("skift-adgangskode/", views.password_change, name="account_change_password"),
    path("vaelg-adgangskode/", views.password_set, name="account_set_password"),
    path("glemt-adgangskode/", views.password_reset, name="account_reset_password"),
    path("glemt-adgangskode/sendt/", views.password_reset_done, name="account_reset_password_done"),
    path("adgangskode/sat/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^adgangskode/(?P<uidb36>[0-9a-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("min-adgang/", second_factor.index, name="mfa_index"),
    path("organisationslogin/", social.connections, name="socialaccount_connections"),
    path("noegler/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("noegler/tilfoej/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("noegler/<int:pk>/fjern/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("totrin/til/", totp.activate_totp, name="mfa_activate_totp"),
    path("totrin/fra/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("totrin/gendannelseskoder/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("totrin/nye-koder/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
