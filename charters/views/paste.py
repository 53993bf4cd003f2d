"""What is pasted into the editor, made into the text it would be saved as."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.views.decorators.http import require_POST

from charters import text
from members.views.answers import SignedInRequest


@login_required
@require_POST
def paste(request: SignedInRequest) -> JsonResponse:
    """Clean what was pasted, for anybody signed in; nothing is stored.

    The editor asks for this so that Word's points are read in one place (``charters.word_paste``).
    """
    try:
        return JsonResponse({"html": text.clean(request.POST.get("text", ""))})
    except ValidationError as error:
        return JsonResponse({"error": error.messages[0]}, status=422)
