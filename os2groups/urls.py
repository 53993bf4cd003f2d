"""Addresses. The two apps name their own; sign-in is allauth's, at our addresses."""

from django.contrib import admin
from django.urls import include, path

from os2groups import health

handler500 = "os2groups.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),  # the name load balancers know it by, without a slash
    path("sundhed/", health.health, name="health"),
    path("admin/", admin.site.urls),
    path("konto/", include("members.account_urls")),
    path("", include("charters.urls")),
    path("", include("members.urls")),
]
