"""What the register's pages have in common: a page of a list, a form page, and a form handled once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from members.models import User
from members.submissions import handled, once

PAGE_SIZE = 25


class SignedInRequest(HttpRequest):
    """A request behind ``login_required`` and django-htmx's middleware."""

    user: User
    htmx: HtmxDetails


class KeyedPaginator(Paginator):
    """Cuts a page out by its rows' keys: what is reckoned for a row is so for those that are shown alone."""

    object_list: QuerySet[Any]

    def page(self, number: int | str) -> Page[Any]:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = self.object_list.values("pk")[first : first + self.per_page]
        return Page(self.object_list.filter(pk__in=keys), number, self)


def page_of(request: HttpRequest, rows: QuerySet[Any]) -> Page:
    """The page of a list that the address asks for; a number that makes no sense gives the nearest."""
    return KeyedPaginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def word_of(sent: QueryDict, name: str) -> str:
    """What an address or a button of ours says of ``name``: the key of something, or empty.

    Raises:
        Http404: nothing can be called that; PostgreSQL would answer NUL with an error.
    """
    said: str = sent.get(name, "")
    if "\0" in said:
        raise Http404
    return said


def form_answer(
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    template: str = "components/form_page.html",
    **context: Any,
) -> HttpResponse:
    """The form's page; 422 when it was sent and something must be corrected."""
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, **context}, status=status)


def created(request: SignedInRequest, form: forms.BaseForm, create: Callable[[], str]) -> HttpResponse | None:
    """Handle a form that creates something, once however often it is sent.

    Args:
        request: a GET answers None.
        form: with ``SubmissionForm``'s key.
        create: makes the thing and returns the address to go on to.

    Returns:
        The redirect, or None when the form's page must be shown.
    """
    if request.method != "POST":
        return None
    if first := handled(form, user=request.user):
        return HttpResponseRedirect(first)
    if not form.is_valid():
        # What stands against it may be its own first sending, which came through between our two looks.
        first = handled(form, user=request.user)
        return HttpResponseRedirect(first) if first else None
    try:
        return HttpResponseRedirect(once(form, user=request.user, create=create))
    except ValidationError as error:  # a rule that holds now, and did not when the form was checked
        form.add_error(None, error)
        return None
    except IntegrityError:  # somebody else made the same thing between our look and our write
        form.add_error(None, _("En anden har lige gemt det samme. Se efter på listen, før du prøver igen."))
        return None


def saved(form: forms.ModelForm, *, request: HttpRequest, save: Callable[[], object] | None = None) -> bool:
    """Save a valid form of a thing that exists; what the thing says against it is said on the form.

    Args:
        form: of the thing.
        request: a GET saves nothing.
        save: the thing's verb, where there is one; otherwise the form saves.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        (save or form.save)()
    except ValidationError as error:
        form.add_error(None, error)
        return False
    except IntegrityError:
        form.add_error(None, _("En anden har lige gemt noget, der støder sammen med dette. Prøv igen."))
        return False
    return True
