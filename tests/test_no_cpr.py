"""No text that is saved can forget to refuse CPR numbers: every field of every model and form is asked."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.forms import BaseForm

import charters
import members
from charters import text
from charters.prose_forms import ProseField
from members.cpr import without_cpr

pytestmark = pytest.mark.no_database

# Why a field needs no look: what nobody types, and what is not saved.
OF_THE_MACHINE = {
    "charters.Bundle.error": "written by the worker",
    "charters.Bundle.overview": "of adopted charters and of names that were looked at when they were saved",
    "charters.BundleEntry.name": "made of the group's address",
    "charters.CalendarAddress.token": "drawn",
    "charters.Charter.fingerprint": "a digest, in which ten figures are chance",
    "charters.CharterDocument.content": "made of what was looked at before it was adopted",
    "charters.CharterDocument.pdf_sha256": "a digest",
    "charters.CharterMember.salt": "drawn",
    "charters.PointChoice.digest": "a digest",
    "charters.Presence.window": "drawn by the browser",
    "charters.Reminder.error": "written by the command that mails",
    "charters.Section.key": "of the standard text, named by the code",
    "charters.TemplateSection.key": "of the standard text, named by the code",
    "charters.WordFile.content": "refused as a whole by charters.from_word.receive",
    "members.LogEntry.act": "named by the code",
    "members.LogEntry.additional_data": "counts, and names that were looked at",
    "members.LogEntry.changes": "kept without the numbers by LogEntryManager.log_create",
    "members.LogEntry.cid": "drawn",
    "members.LogEntry.object_pk": "a key",
    "members.LogEntry.object_repr": "a name that was looked at when it was saved",
    "members.LogEntry.serialized_data": "never filled in",
    "members.RegisterFile.rows": "kept without the numbers by members.register.receiving.receive",
    "members.SearchEntry.words": "made of what is stored elsewhere, where it is refused",
    "members.SearchEntry.kind": "our own word",
    "members.Submission.location": "an address of ours",
    "members.User.password": "a digest",
}
NOT_SAVED = {
    "AddPasskeyForm.credential": "a key, made by the browser",
    "LoginPasskeyForm.credential": "a key, made by the browser",
    "AuthenticatePasskeyForm.credential": "a key, made by the browser",
    "ReauthenticatePasskeyForm.credential": "a key, made by the browser",
    "AdoptForm.read": "a mark",
    "AdoptForm.roster": "a mark",
    "ConfirmPlanForm.seen": "a mark",
    "IntroductionForm.base": "a mark",
    "LogFilter.by": "narrows a list",
    "MendingFilter.group": "narrows a list",
    "MendingFilter.project": "narrows a list",
    "NewProjectForm.facilitator": "looked up",
    "ProjectForm.facilitator": "looked up",
    "PulseForm.known": "numbers of revisions",
    "RegisterFileForm.group": "looked up",
}
SEARCHED = "q"  # in every list's form
PASSWORDS_AND_CODES = {"password", "password1", "password2", "oldpassword", "code", "login", "email"}


def text_fields() -> Iterator[models.Field]:
    """Those that hold words, of all models of ours."""
    for model in apps.get_models():
        if model._meta.app_label in ("members", "charters"):
            for field in model._meta.concrete_fields:
                is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
                if is_text and not field.choices and not isinstance(field, models.GeneratedField):
                    yield field


def refuses(field: models.Field | forms.Field) -> bool:
    return without_cpr in field.validators or text.without_cpr in field.validators


def our_forms() -> list[type[BaseForm]]:
    """All forms of ours, whether or not their module has been needed yet."""
    for package in (members, charters):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)
    found: list[type[BaseForm]] = []
    waiting: list[type[BaseForm]] = [BaseForm]
    while waiting:
        waiting += (subclasses := waiting.pop().__subclasses__())
        found += [one for one in subclasses if one.__module__.startswith(("members.", "charters."))]
    return found


def test_every_field_of_a_model_that_words_are_written_in_refuses_them() -> None:
    refusing = {str(field) for field in text_fields() if refuses(field)}
    assert len(refusing) > 30
    assert {str(field) for field in text_fields()} - refusing == OF_THE_MACHINE.keys()


def test_a_field_of_formatted_text_looks_through_its_formatting() -> None:
    formatted = {str(field) for field in text_fields() if text.without_cpr in field.validators}
    assert formatted == {
        "charters.CharterTemplate.introduction",
        "charters.Section.body",
        "charters.SectionRevision.body",
        "charters.TemplateSection.body",
    }


def test_every_field_of_a_form_that_words_are_written_in_refuses_them() -> None:
    missed = set()
    asked = 0
    for form in our_forms():
        of_model = getattr(getattr(form, "_meta", None), "fields", None) or []
        for name, field in getattr(form, "base_fields", {}).items():  # a mixin has none
            if not isinstance(field, forms.CharField) or isinstance(field, forms.UUIDField):
                continue
            if name in (SEARCHED, *PASSWORDS_AND_CODES):
                continue
            if name in of_model and name not in form.declared_fields:  # type: ignore[attr-defined]
                continue  # the model's own validators are asked
            asked += 1
            if not refuses(field) and not isinstance(field, ProseField):
                missed.add(f"{form.__name__}.{name}")
    assert asked > 10
    assert missed == NOT_SAVED.keys()


def test_a_field_of_formatted_text_refuses_a_number_that_its_formatting_splits() -> None:
    field = ProseField(label="Tekst")
    for body in [
        "<p>Bo, <strong>0101</strong>90-1234</p>",
        "<ul><li><p>010190<em>-</em>12<strong>34</strong></p></li></ul>",
        '<p><a href="https://os2.example/?nr=010190%2D1234">her</a></p>',
        '<p><a href="mailto:0101901234@odder.example">her</a></p>',
        "010190-1234",
    ]:
        with pytest.raises(ValidationError, match="010190-…"):
            field.clean(body)
    assert field.clean("<p>010190</p><p>1234</p>") == "<p>010190</p><p>1234</p>"
