"""Sign-in at Danish addresses: those of allauth's views that we use, under allauth's own names."""

from allauth.account import views
from django.urls import path, re_path

urlpatterns = [
    path("log-ind/", views.login, name="account_login"),
    path("log-ud/", views.logout, name="account_logout"),
    # Nobody signs up: the page says that the secretariat invites. allauth needs the name to exist.
    path("opret/", views.signup, name="account_signup"),
    path("inaktiv/", views.account_inactive, name="account_inactive"),
    path("skift-adgangskode/", views.password_change, name="account_change_password"),
    path("glemt-adgangskode/", views.password_reset, name="account_reset_password"),
    path("glemt-adgangskode/sendt/", views.password_reset_done, name="account_reset_password_done"),
    path("adgangskode/sat/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^adgangskode/(?P<uidb36>[0-9a-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
