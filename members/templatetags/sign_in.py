"""The logins of organisations, for the pages on which one signs in or connects one."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django import template
from django.conf import settings
from django.http import QueryDict
from django.template.context import RequestContext
from django.urls import reverse

from members.organisation_logins import connect_token

register = template.Library()


@register.simple_tag
def organisation_logins(following: str | None = "") -> list[dict[str, str]]:
    """Name and address of each organisation's sign-in; one goes on to ``following`` afterwards."""
    return [
        {"name": app["name"], "url": _address(app, next=following) if following else _address(app)}
        for app in settings.OIDC_APPS
    ]


@register.simple_tag(takes_context=True)
def own_logins(context: RequestContext) -> list[dict[str, Any]]:
    """Each organisation's login with the reader's ``account`` there, and the address that connects one."""
    user = context["user"]
    accounts = {account.provider: account for account in SocialAccount.objects.filter(user=user)}
    token = connect_token(user)
    return [
        {
            "name": app["name"],
            "url": _address(app, process="connect", bevis=token),
            "account": accounts.get(app["provider_id"]),
        }
        for app in settings.OIDC_APPS
    ]


def _address(app: dict[str, Any], **query: str) -> str:
    asked = QueryDict(mutable=True)
    asked.update(query)
    address = reverse("openid_connect_login", kwargs={"provider_id": app["provider_id"]})
    return f"{address}?{asked.urlencode()}" if query else address
