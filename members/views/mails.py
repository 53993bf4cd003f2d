"""How often one is mailed: chosen when signed in, or stopped by the link in a mail."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from members.forms.mails import MailRhythmForm
from members.models import User
from members.opting_out import user_of
from members.views.answers import SignedInRequest, form_answer, saved


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mails(request: SignedInRequest) -> HttpResponse:
    """One's own choice."""
    person = User.objects.get(pk=request.user.pk)
    form = MailRhythmForm(request.POST or None, instance=person, cancel=reverse("members:front-page"))
    if saved(form, request=request):
        messages.success(request, _("Dit valg er gemt."))
        return redirect("members:mails")
    intro = _(
        "Vi skriver, når noget venter på dig i dine grupper: et kommissorium, der skal udfyldes, godkendes "
        "eller gennemgås, en ny standardtekst, eller forpligtelser, der skal følges op."
    )
    return form_answer(request, form, title=_("Mails til mig"), intro=intro)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def opt_out(request: HttpRequest, token: str) -> HttpResponse:
    """Stop somebody's mails, by the token in them and nothing else.

    Mail programs post here themselves, without cookies (RFC 8058): hence no CSRF token, and the answer is
    never a redirect. A GET changes nothing, for some programs follow every link in a mail.

    Raises:
        Http404: the token is not one of ours.
    """
    person = user_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        person.stop_mails()
    return render(request, "members/opt_out.html", {"person": person, "is_done": person.wants_no_mails})
