"""Addresses. The two apps name their own; sign-in is allauth's, at our addresses."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("konto/", include("members.account_urls")),
    path("", include("charters.urls")),
    path("", include("members.urls")),
]
