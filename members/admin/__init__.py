"""The register in Django's admin, for the secretariat. Sign-in is our own, with its limits on guessing."""

from typing import Any

from allauth.account import admin as _allauth_admin  # noqa: F401 - registers what is taken out below
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa import admin as _mfa_admin  # noqa: F401 - likewise
from allauth.mfa.models import Authenticator
from allauth.socialaccount import admin as _social_admin  # noqa: F401 - likewise
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from auditlog import admin as _auditlog_admin  # noqa: F401 - likewise
from django.contrib import admin
from django.contrib.auth import admin as _auth_admin  # noqa: F401 - likewise
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from members.admin.group import MembershipAdmin, WorkingGroupAdmin
from members.admin.organisation import OrganisationAdmin
from members.admin.project import ProjectAdmin
from members.admin.user import UserAdmin
from members.models import LogEntry


def _password_change(_request: HttpRequest, _extra_context: Any = None) -> HttpResponse:
    """One page on which one changes one's password, not two."""
    return redirect("account_change_password")


__all__ = ["MembershipAdmin", "OrganisationAdmin", "ProjectAdmin", "UserAdmin", "WorkingGroupAdmin"]

admin.site.site_header = admin.site.site_title = _("OS2arbejdsgrupper")
admin.site.index_title = _("Administration")
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.password_change = _password_change  # type: ignore[method-assign, assignment]
# Rights follow from memberships and from being of the secretariat (members.access); nobody gives them by
# hand. And an e-mail address stands on the person alone (members.accounts.PasswordTokens says why).
# A second factor's secret is nobody's to read; the logins of organisations come from the settings.
# The log has a page of its own, which says what was done in words.
admin.site.unregister([Group, EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, LogEntry])
