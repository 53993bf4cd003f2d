"""Markup that would run where a page forgot to escape it, and every column of text filled with it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from charters import triggers
from members.models import SearchEntry

RUN = "window.ran=1"
VECTORS = [
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f'"><script>{RUN}</script>',
    f"'><img src=x onerror={RUN}>",
    f'" autofocus onfocus="{RUN}',
    f"' onmouseover='{RUN}",
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"--><script>{RUN}</script>",
    f"]]><script>{RUN}</script>",
    f"<a href=javascript:{RUN}>x</a>",
    f"<a href='java&#9;script:{RUN}'>x</a>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'>",
    f"<iframe src=javascript:parent.{RUN}>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<math><mi xlink:href=javascript:{RUN}>x",
    f"<form action=javascript:{RUN}><button>x",
    f"<style>@import 'https://evil.example/x.css'</style>",  # noqa: F541
    "<img src=https://evil.example/x.png>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href=https://evil.example/>",
    "<div style='background:url(https://evil.example/x)'>x</div>",
    f"<div hx-get='/' hx-trigger='load' hx-on::load='{RUN}'>x</div>",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"javascript:{RUN}",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"\u202e<ſcript>{RUN}</ſcript>",
]
OURS = ("members", "charters")
# Kept by us and never typed: what they are is compared, counted or looked up.
MADE_HERE = {"email", "password", "slug", "key", "token", "digest", "act", "cid", "object_pk", "salt"}
MADE_HERE |= {"fingerprint", "content", "pdf_sha256", "location", "window"}


def typed_fields() -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Every column that holds what somebody wrote."""
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.get_fields():
                is_text = isinstance(field, (models.CharField, models.TextField))
                if is_text and not field.choices and not _is_made_here(field):
                    yield model, field


def _is_made_here(field: Any) -> bool:
    return (
        field.model is SearchEntry
        or field.name in MADE_HERE
        or field.name.endswith("_key")
        or isinstance(field, models.SlugField)
    )


def fill_everything() -> dict[str, int]:
    """Write a vector into each row's every such column, past all that would stop it on its way in.

    Returns:
        How many rows of each column took it.
    """
    turn, took = cycle(VECTORS), dict[str, int]()
    with triggers.lifted():
        for model, field in typed_fields():
            name = f"{model._meta.label}.{field.name}"
            took[name] = 0
            for pk, was in list(model._base_manager.values_list("pk", field.name)):
                longest = field.max_length or 10_000
                vector = next(one for one in turn if len(one) + 6 <= max(longest, 24))
                if was or field.blank:
                    took[name] += _write(model, pk, field.name, f"{vector} {pk}"[:longest])
    return took


def _write(model: type[models.Model], pk: Any, name: str, text: str) -> int:
    try:
        with transaction.atomic():
            return model._base_manager.filter(pk=pk).update(**{name: text})
    except IntegrityError:
        return 0
