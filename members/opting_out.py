"""The link by which somebody stops their mails without signing in."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from members.accounts import absolute
from members.models import User

_signer = Signer(salt="members.opting_out")


def opt_out_token(user: User) -> str:
    """Holds for ever: a mail may be read years after. It opens nothing but this."""
    return _signer.sign(str(user.pk))


def opt_out_link(user: User) -> str:
    return absolute(reverse("members:opt-out", args=[opt_out_token(user)]))


def user_of(token: str) -> User | None:
    """Whose mails a token stops; None when it is not one of ours."""
    try:
        person: User | None = User.objects.filter(pk=int(_signer.unsign(token))).first()
    except (BadSignature, ValueError):
        return None
    return person
