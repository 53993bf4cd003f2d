"""The forms that formatted text is written in: a section, a new section, an introduction."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML
from django import forms
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters import text
from charters.models import CharterTemplate
from charters.models.prose import Area, Prose, Topic
from charters.widgets import ProseWidget
from charters.wording import Wording
from members.cpr import without_cpr
from members.layout import page_helper
from members.submissions import SubmissionForm


def _help() -> SafeString:
    """How to write; the editor shows the first half, a page without JavaScript the second."""
    return format_html(
        '<span class="editor-help">{}</span><noscript>{}</noscript>',
        _t(
            "Tab rykker et punkt ind, og Skift+Tab rykker det ud. "
            "Escape og derefter Tab forlader feltet. Ctrl+S gemmer."
        ),
        _t("Skriv »- « foran et punkt. To mellemrum foran stregen gør det til et underpunkt."),
    )


_how_to_write = lazy(_help, SafeString)


class ProseField(forms.CharField):
    """Formatted text, cleaned on the way in, and refused where it has what looks like a CPR number."""

    def __init__(self, *, label: Any, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _how_to_write())
        super().__init__(label=label, widget=ProseWidget(label=label), **kwargs)

    def clean(self, value: Any) -> str:
        body = text.clean_typed(super().clean(value))
        text.without_cpr(body)
        return body


class RevisionField(forms.IntegerField):
    """Hidden: the revision that the writer started from; never more than a database can count."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 2)


class ProseForm(forms.BaseForm):
    """A mixin: a form whose text is written in the editor, in place where htmx asked for it."""

    def writing_helper(
        self, *fields: str, submit: str, action: str, cancel: str, in_place: bool
    ) -> FormHelper:
        """The layout, with what the editor's page needs to save in place and to lose no word.

        Args:
            fields: field names, in order.
            submit: the text on the button.
            action: where the form is posted.
            cancel: where "Annullér" leads; in place it is fetched, or the form just closed when empty.
            in_place: the form stands in the text itself, not on a page of its own.
        """
        helper = page_helper(*fields, HTML(_save_state()), submit=submit, action=action)
        helper.attrs |= {
            "data-writing": "",
            "hx-post": action,
            "hx-target": "closest .section",
            "hx-swap": "outerHTML",
            "hx-sync": "this:drop",
            "hx-request": '{"timeout": 20000}',
        }
        if self.is_bound:  # it came back: what it holds is saved nowhere
            helper.attrs["data-unsaved"] = ""
        helper.layout[-1].append(HTML(_cancel_link(cancel, in_place=in_place)))
        return helper

    def keep_formatting(self, name: str, *, of: str) -> str:
        """The cleaned text of a field; lines posted without JavaScript keep the formatting they had.

        Args:
            name: the field.
            of: the text as it was before.

        Raises:
            ValidationError: a link of it has what looks like a CPR number, from before that was refused.
        """
        body: str = self.cleaned_data[name]
        if self.data.get(self.add_prefix(name), "").lstrip().startswith("<"):
            return body
        before = {(block.kind, block.depth, block.text): block for block in text.blocks(of)}
        lines = text.blocks(body)
        formatted = text.to_html(before.get((line.kind, line.depth, line.text), line) for line in lines)
        text.without_cpr(formatted)
        return formatted


class SectionForm(ProseForm, forms.Form):
    """The wording of a section; ``base`` is the revision the writer started from."""

    heading = forms.CharField(label=_("Overskrift"), max_length=200, validators=[without_cpr])
    body = ProseField(label=_("Tekst"), required=False)
    base = RevisionField()
    put_back = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, section: Prose, action: str, cancel: str, in_place: bool = False, **kwargs: Any
    ) -> None:
        kwargs["auto_id"] = f"{section.anchor}-%s"  # several are open on one page
        super().__init__(*args, **kwargs)
        self.section = section
        for name in self.said:
            self.fields[name].initial = getattr(section, name)
        self.fields["base"].initial = section.revision
        label = _t("Tekst i afsnittet »%(heading)s«") % {"heading": section.heading}
        self.fields["body"].widget.attrs["data-editor-label"] = label
        self._helper_with = partial(
            self.writing_helper, *self.fields, action=action, cancel=cancel, in_place=in_place
        )
        self.helper = self._helper_with(submit=_t("Gem afsnit"))

    def clean_body(self) -> str:
        return self.keep_formatting("body", of=self.section.body)

    @property
    def said(self) -> list[str]:
        """The names of the fields that are stored in the section."""
        return [name for name in self.fields if name not in ("base", "put_back")]

    @property
    def wording(self) -> dict[str, Any]:
        """What ``Prose.rewrite`` is called with."""
        return dict(self.cleaned_data)

    def is_saved_in(self, current: Prose) -> bool:
        """Whether a text "changed by another" is the one being saved: sent twice on a bad network."""
        says_the_same = all(getattr(current, name) == self.cleaned_data[name] for name in self.said)
        return says_the_same and not current.is_removed

    def start_from(self, current: Prose, *, merged: Wording | None = None) -> None:
        """After a conflict: what was typed stays, and the next press saves it over ``current``.

        Args:
            current: the section as it stands.
            merged: what was typed, with all that others wrote and that does not clash with it.
        """
        data = cast(QueryDict, self.data).copy()
        data["base"] = str(current.revision)
        if merged:
            data["heading"], data["body"] = merged.heading, merged.body
        if current.is_removed:
            data["put_back"] = "on"
            self.helper = self._helper_with(submit=_t("Sæt afsnittet ind igen, og gem"))
        self.data = data


class TemplateSectionForm(SectionForm):
    """A standard text's section also says what it means to a group."""

    topic = forms.ChoiceField(
        label=_("Emne på »Mit mandat«"),
        choices=[("", _("Vises kun i kommissoriet")), *Topic.choices],
        required=False,
    )
    area = forms.ChoiceField(
        label=_("Punkterne er"), choices=[("", _("Ikke forpligtelser")), *Area.choices], required=False
    )
    must_be_filled = forms.BooleanField(label=_("Gruppen skal selv udfylde afsnittet"), required=False)
    prompt = forms.CharField(
        label=_("Vejledning"),
        max_length=300,
        required=False,
        validators=[without_cpr],
        help_text=_("Vises for gruppen, indtil afsnittet er udfyldt."),
    )


class MoveForm(forms.Form):
    """One press on "Op" or "Ned"."""

    direction = forms.ChoiceField(choices=[("up", _("Op")), ("down", _("Ned"))])
    seen_at = forms.IntegerField(required=False)  # the section's position, as the page showed it

    @property
    def is_up(self) -> bool:
        return bool(self.cleaned_data["direction"] == "up")


class NewSectionForm(ProseForm, SubmissionForm):
    """A section of the writer's own.

    In a group's draft it is only given its heading here: then it stands in the text, and is written, saved by
    itself and kept as all others are.
    """

    heading = forms.CharField(label=_("Overskrift"), max_length=200, validators=[without_cpr])
    body = ProseField(label=_("Tekst"), required=False)

    def __init__(
        self,
        *args: Any,
        action: str,
        cancel: str,
        in_place: bool = False,
        heading_only: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, auto_id="nyt-afsnit-%s", **kwargs)
        self.fields["body"].widget.attrs["data-editor-label"] = _t("Tekst i det nye afsnit")
        if heading_only:
            del self.fields["body"]
            if not self.is_bound:  # then the errors are read first
                self.fields["heading"].widget.attrs["autofocus"] = True
        self.helper = self.writing_helper(
            *self.fields,
            submit=_t("Tilføj afsnit"),
            action=action,
            cancel="" if in_place else cancel,
            in_place=in_place,
        )


class IntroductionForm(ProseForm, forms.ModelForm):
    """The words that meet a group before the standard text."""

    introduction = ProseField(label=_("Indledning"), required=False)
    base = forms.CharField(widget=forms.HiddenInput, required=False)  # the mark of the text started from

    class Meta:
        model = CharterTemplate
        fields = ["introduction"]

    def __init__(self, *args: Any, action: str, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._before = self.instance.introduction
        self.fields["base"].initial = self.instance.introduction_mark
        self.helper = self.writing_helper(
            "introduction", "base", submit=_t("Gem"), action=action, cancel=cancel, in_place=False
        )

    def clean_introduction(self) -> str:
        return self.keep_formatting("introduction", of=self._before)

    def start_from(self, current: CharterTemplate) -> None:
        """After a conflict: what was typed stays, and the next press saves it over ``current``."""
        data = cast(QueryDict, self.data).copy()
        data["base"] = current.introduction_mark
        self.data = data


def _save_state() -> SafeString:
    """Where the page says that a text was not saved (``js/editor_saving.js``)."""
    return format_html(
        '<div class="save-state" role="alert" data-failed="{}" data-signed-out="{}" data-refused="{}"'
        ' data-gone="{}" data-too-long="{}"></div>',
        _t("Ikke gemt. Din tekst står her stadig. Prøv igen."),
        _t("Ikke gemt: Du er logget ud. Din tekst står her stadig. Log ind i et nyt vindue, og gem igen."),
        _t("Ikke gemt: Du er logget ud, eller du må ikke rette teksten mere. Din tekst står her stadig."),
        _t("Ikke gemt: Afsnittet kan ikke længere rettes. Din tekst står her stadig; kopiér den."),
        _t("Ikke gemt: Teksten er for lang til et afsnit. Del den op, eller forkort den."),
    )


def _cancel_link(cancel: str, *, in_place: bool) -> SafeString:
    if in_place and not cancel:
        return format_html(
            '<button type="button" class="btn btn-link" data-close>{}</button>', _t("Annullér")
        )
    fetch = format_html(' hx-get="{}" hx-target="closest .section" hx-swap="outerHTML"', cancel)
    return format_html(
        '<a class="btn btn-link" href="{}" data-cancel{}>{}</a>',
        cancel,
        fetch if in_place else "",
        _t("Annullér"),
    )
