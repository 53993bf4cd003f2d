"""The standard texts: everyone reads them; the secretariat writes the next version and publishes it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from charters.forms import PublishForm
from charters.models import CharterTemplate
from charters.models.manuscript import ConflictError, CprError, FrozenError, ManuscriptError
from charters.prose_forms import IntroductionForm
from charters.take_in import concerned_by
from charters.views.desk import desk_for, template_draft
from members import access
from members.views.answers import SignedInRequest, form_answer


def template_of(request: HttpRequest, kind: str, version: int) -> CharterTemplate:
    """One version of a standard text; everybody reads what was published.

    Raises:
        Http404: there is none, or it is still being written and ``request.user`` is not of the secretariat.
    """
    found = CharterTemplate.objects.filter(kind=kind, version=version).prefetch_related("sections").first()
    if found is None or (found.is_draft and not access.is_secretariat(request.user)):
        raise Http404
    return found


@require_safe
def template_list(request: HttpRequest) -> HttpResponse:
    """Every standard text in every version; drafts are the secretariat's own."""
    templates = CharterTemplate.objects.all()
    if not access.is_secretariat(request.user):
        templates = templates.exclude(state=CharterTemplate.State.DRAFT)
    return render(request, "charters/template_list.html", {"templates": templates})


@require_safe
def template_detail(request: HttpRequest, kind: str, version: int) -> HttpResponse:
    """One version of a standard text; a draft is the secretariat's own, to be written in place."""
    found = template_of(request, kind, version)
    context = {"template": found, "desk": desk_for(found) if found.is_draft else None}
    return render(request, "charters/template_detail.html", context)


@login_required
@require_POST
def template_create(request: SignedInRequest, kind: str) -> HttpResponse:
    """Begin the next version, from the published text."""
    access.require_secretariat(request.user)
    published = CharterTemplate.objects.published().of_kind(kind).first()
    if published is None:
        raise Http404
    return redirect(published.new_version())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template_introduction(request: SignedInRequest, kind: str) -> HttpResponse:
    """Write the words that meet a group before the text."""
    template = template_draft(request, kind)
    home = template.get_absolute_url()
    form = IntroductionForm(request.POST or None, instance=template, action=request.path, cancel=home)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            template.introduce(form.cleaned_data["introduction"], base=form.cleaned_data["base"] or None)
        except ConflictError as conflict:
            theirs = conflict.current
            form.start_from(theirs)
        except ManuscriptError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Indledningen er gemt."))
            return HttpResponseClientRedirect(home) if request.htmx else HttpResponseRedirect(home)
    name = "charters/_section_form.html" if request.htmx else "charters/prose_page.html"
    title = _("Indledning til standardteksten")
    context = {"title": title, "back": home, "standard_text": template}
    if theirs is not None:
        return render(request, name, {"form": form, "theirs": theirs, **context}, status=409)
    return form_answer(request, form, template=name, **context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template_publish(request: SignedInRequest, kind: str) -> HttpResponse:
    """Publish the draft: from now on new charters are made from it, and it never changes again."""
    try:
        template = template_draft(request, kind)
    except Http404:
        return _already_published(request, kind)
    form = PublishForm(request.POST or None, template=template)
    if request.method == "POST" and form.is_valid():
        if not form.is_of(template):
            return _already_published(request, kind)
        try:
            template.publish(by=request.user, note=form.cleaned_data["note"])
        except FrozenError:
            return _already_published(request, kind)
        except CprError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(template)s er udgivet.") % {"template": template})
            return redirect(template)
    title = _("Udgiv %(template)s") % {"template": template}
    intro = _("En udgiven standardtekst kan ikke ændres. Kommissorier, der er i gang, ændres ikke.")
    context = {"title": title, "intro": intro, "concerned": concerned_by(template)}
    return form_answer(request, form, template="charters/template_publish.html", **context)


def _already_published(request: SignedInRequest, kind: str) -> HttpResponse:
    """There is no such draft: the form was sent twice, or somebody else pressed first.

    Raises:
        Http404: nothing is published.
    """
    published = CharterTemplate.objects.published().of_kind(kind).first()
    if published is None:
        raise Http404
    messages.info(request, _("%(template)s er udgivet.") % {"template": published})
    return redirect(published)
