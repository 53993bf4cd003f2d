"""Addresses of charters and standard texts."""

from django.urls import path, register_converter

from charters.kinds import KINDS
from charters.views import (
    bundles,
    calendars,
    checking,
    comparisons,
    data,
    drafts,
    editions,
    from_word,
    governance,
    history,
    mandate,
    meeting,
    obligations,
    overview,
    paste,
    points,
    sections,
    take_in,
    templates,
    writing,
    yearly,
)
from charters.views.desk import draft_desk, template_desk

app_name = "charters"


class KindConverter:
    """A group type in an address: the Danish word, for people read and type addresses."""

    _kinds = {of_group.word: kind for kind, of_group in KINDS.items()}
    regex = "|".join(_kinds)

    def to_python(self, value: str) -> str:
        return str(self._kinds[value])

    def to_url(self, value: str) -> str:
        if value not in KINDS:
            raise ValueError(value)  # what Django expects of a value without an address
        return KINDS[value].word


register_converter(KindConverter, "kind")

_charter = "grupper/<slug:slug>/kommissorium/"
_draft = "grupper/<slug:slug>/kladde/"
_draft_section = f"{_draft}afsnit/<int:pk>/"
_obligations = "grupper/<slug:slug>/forpligtelser/"
_template = "standardtekster/<kind:kind>/"
_template_draft = f"{_template}kladde/"
_template_section = f"{_template_draft}afsnit/<int:pk>/"
_in_draft = {"desk": draft_desk}
_in_template = {"desk": template_desk}

urlpatterns = [
    path("mit-mandat/", mandate.mandate, name="mandate"),
    path("overblik/", overview.overview, name="overview"),
    path("overblik/tal/", overview.overview_figures, name="overview-figures"),
    path("overblik/overblik.csv", overview.overview_csv, name="overview-csv"),
    path("overblik/overblik.xlsx", overview.overview_excel, name="overview-excel"),
    path("overblik/skal-rettes/", overview.mending_list, name="mending-list"),
    path("kalender/", calendars.calendar, name="calendar"),
    path("kalender/lav/", calendars.calendar_create, name="calendar-create"),
    path("kalender/tag-tilbage/", calendars.calendar_revoke, name="calendar-revoke"),
    path("kalender/<slug:token>.ics", calendars.calendar_feed, name="calendar-feed"),
    path("projekter/<slug:slug>/styring/", governance.governance_report, name="governance-report"),
    path(
        "projekter/<slug:slug>/styring.txt", governance.governance_report_text, name="governance-report-text"
    ),
    path(
        "projekter/<slug:slug>/styring.md",
        governance.governance_report_markdown,
        name="governance-report-markdown",
    ),
    path("samlinger/", bundles.bundle_create, name="bundle-create"),
    path("samlinger/<int:pk>/", bundles.bundle_detail, name="bundle-detail"),
    path("samlinger/<int:pk>/zip/", bundles.bundle_zip, name="bundle-zip"),
    path("samlinger/<int:pk>/igen/", bundles.bundle_retry, name="bundle-retry"),
    path("tekst/indsaet/", paste.paste, name="paste"),
    path(_charter, data.edition, name="charter-current"),
    path("grupper/<slug:slug>/kommissorium.json", data.edition_json, name="charter-json"),
    path("grupper/<slug:slug>/kommissorium.md", data.edition_markdown, name="charter-markdown"),
    path(f"{_charter}<int:number>.json", data.edition_json, name="edition-json"),
    path(f"{_charter}<int:number>.md", data.edition_markdown, name="edition-markdown"),
    path("data/", data.data_page, name="data"),
    path("data/grupper.json", data.groups_json, name="groups-json"),
    path("data/grupper.csv", data.groups_spreadsheet, name="groups-csv"),
    path("nye-kommissorier.atom", data.newest_charters, name="newest-charters"),
    path("kontroller/", checking.document_check, name="document-check"),
    path(f"{_charter}udfyld/", drafts.charter_start, name="charter-start"),
    path(f"{_charter}ny-udgave/", drafts.edition_next, name="edition-next"),
    path(f"{_charter}<int:number>/", data.edition, name="edition-detail"),
    path(f"{_charter}<int:number>/pdf/", editions.edition_pdf, name="edition-pdf"),
    path(f"{_charter}<int:number>/word/", editions.edition_word, name="edition-word"),
    path(f"{_charter}<int:number>/godkend/", editions.edition_approve, name="edition-approve"),
    path(f"{_charter}ny-standardtekst/", take_in.charter_take_in, name="charter-take-in"),
    path(f"{_charter}<int:number>/gennemgang/", editions.edition_review, name="edition-review"),
    path(f"{_charter}<int:number>/afvigelser/", comparisons.edition_deviations, name="edition-deviations"),
    path(
        f"{_charter}<int:number>/sammenlign/<int:other>/", comparisons.edition_compare, name="edition-compare"
    ),
    path(
        f"{_charter}<int:number>/afsnit/<int:pk>/historik/",
        history.edition_section_history,
        name="edition-section-history",
    ),
    path(_obligations, obligations.obligation_list, name="obligation-list"),
    path(f"{_obligations}<int:pk>/", obligations.obligation_detail, name="obligation-detail"),
    path(f"{_obligations}<int:pk>/ret/", obligations.obligation_update, name="obligation-update"),
    path(
        f"{_obligations}<int:pk>/foelg-op/",
        obligations.obligation_follow_up,
        name="obligation-follow-up",
    ),
    path("grupper/<slug:slug>/aarstjek/", yearly.yearly_check, name="yearly-check"),
    path(_draft, drafts.draft_detail, name="draft-detail"),
    path(f"{_draft}hoved/", drafts.draft_update, name="draft-update"),
    path(f"{_draft}pdf/", drafts.draft_pdf, name="draft-pdf"),
    path(f"{_draft}fra-word/", from_word.draft_from_word, name="draft-from-word"),
    path(f"{_draft}fra-word/gennemse/", from_word.draft_word_review, name="draft-word-review"),
    path(f"{_draft}word/", drafts.draft_word, name="draft-word"),
    path(f"{_draft}afvigelser/", comparisons.draft_deviations, name="draft-deviations"),
    path(f"{_draft}aendringer/", comparisons.draft_changes, name="draft-changes"),
    path(f"{_draft}forpligtelser/", points.draft_obligations, name="draft-obligations"),
    path(f"{_draft}vedtag/", drafts.draft_adopt, name="draft-adopt"),
    path(f"{_draft}opgiv/", drafts.draft_give_up, name="draft-give-up"),
    path(f"{_draft}tag-op/", drafts.draft_take_up, name="draft-take-up"),
    path(f"{_draft}moede/", meeting.draft_meeting, name="draft-meeting"),
    path(f"{_draft}moede/til-stede/", meeting.attendance, name="attendance"),
    path(f"{_draft}moede/medlem/", meeting.meeting_member, name="meeting-member"),
    path(f"{_draft}puls/", writing.draft_pulse, name="draft-pulse"),
    path(f"{_draft_section}gem/", writing.section_save, name="draft-section-save"),
    path(f"{_draft_section}historik/", history.section_history, name="draft-section-history"),
    path(
        f"{_draft_section}historik/<int:number>/gendan/", history.section_revert, name="draft-section-revert"
    ),
    path(f"{_draft_section}vaelg/", take_in.section_choose, name="draft-section-choose"),
    path(f"{_draft_section}standardtekst/", history.section_standard, name="draft-section-standard"),
    path(f"{_draft}afsnit/tilfoej/", sections.section_create, _in_draft, name="draft-section-create"),
    path(_draft_section, sections.section_detail, _in_draft, name="draft-section-detail"),
    path(
        f"{_draft_section}rediger/",
        history.or_too_late(sections.section_update),
        _in_draft,
        name="draft-section-update",
    ),
    path(
        f"{_draft_section}flyt/",
        history.or_too_late(sections.section_move),
        _in_draft,
        name="draft-section-move",
    ),
    path(
        f"{_draft_section}tag-ud/",
        history.or_too_late(sections.section_remove),
        _in_draft,
        name="draft-section-remove",
    ),
    path(
        f"{_draft_section}gendan/",
        history.or_too_late(sections.section_restore),
        _in_draft,
        name="draft-section-restore",
    ),
    path("standardtekster/", templates.template_list, name="template-list"),
    path(f"{_template}<int:version>/", templates.template_detail, name="template-detail"),
    path(
        f"{_template}<int:version>/sammenlign/<int:other>/",
        comparisons.template_compare,
        name="template-compare",
    ),
    path(f"{_template}ny-version/", templates.template_create, name="template-create"),
    path(f"{_template_draft}indledning/", templates.template_introduction, name="template-introduction"),
    path(f"{_template_draft}udgiv/", templates.template_publish, name="template-publish"),
    path(
        f"{_template_draft}afsnit/tilfoej/",
        sections.section_create,
        _in_template,
        name="template-section-create",
    ),
    path(_template_section, sections.section_detail, _in_template, name="template-section-detail"),
    path(
        f"{_template_section}rediger/", sections.section_update, _in_template, name="template-section-update"
    ),
    path(f"{_template_section}flyt/", sections.section_move, _in_template, name="template-section-move"),
    path(
        f"{_template_section}tag-ud/", sections.section_remove, _in_template, name="template-section-remove"
    ),
    path(
        f"{_template_section}gendan/", sections.section_restore, _in_template, name="template-section-restore"
    ),
]
