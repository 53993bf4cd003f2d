"""Addresses of the register: groups, memberships, projects, people and organisations."""

from django.urls import path, re_path

from members.views import (
    groups,
    leaving,
    lists,
    log,
    mails,
    memberships,
    organisations,
    people,
    privacy,
    projects,
    register,
    rosters,
    search,
    site,
)

app_name = "members"

_group = "grupper/<slug:slug>/"
_membership = f"{_group}medlemmer/<int:pk>/"
_project = "projekter/<slug:slug>/"
_person = "personer/<int:pk>/"
_csv, _excel = {"form": "csv"}, {"form": "xlsx"}

urlpatterns = [
    path("", site.front_page, name="front-page"),
    # The address Danish law asks for has no slash; both work.
    re_path(r"^was/?$", site.accessibility, name="accessibility"),
    path("grupper/", groups.group_list, name="group-list"),
    path("opret/gruppe/", groups.group_create, name="group-create"),
    path(_group, groups.group_detail, name="group-detail"),
    path(f"{_group}ret/", groups.group_update, name="group-update"),
    path(f"{_group}log/", log.group_log, name="group-log"),
    path(f"{_group}nedlaeg/", groups.group_close, name="group-close"),
    path(f"{_group}medlemmer/", rosters.group_roster, name="group-roster"),
    path(f"{_group}medlemmer/tilfoej/", memberships.membership_search, name="membership-search"),
    path(f"{_group}medlemmer/ny-person/", memberships.membership_person, name="membership-person"),
    path(f"{_group}medlemmer/tilfoej/<int:person>/", memberships.membership_create, name="membership-create"),
    path(f"{_group}medlemmer/adresser/", lists.group_addresses, name="group-addresses"),
    path(f"{_group}medlemmer.csv", lists.group_list_file, _csv, name="group-list-csv"),
    path(f"{_group}medlemmer.xlsx", lists.group_list_file, _excel, name="group-list-excel"),
    path(f"{_membership}ret/", memberships.membership_update, name="membership-update"),
    path(f"{_membership}skift/", memberships.membership_change, name="membership-change"),
    path(f"{_membership}afslut/", memberships.membership_end, name="membership-end"),
    path("projekter/", projects.project_list, name="project-list"),
    path("opret/projekt/", projects.project_create, name="project-create"),
    path(_project, projects.project_detail, name="project-detail"),
    path(f"{_project}ret/", projects.project_update, name="project-update"),
    path(f"{_project}log/", log.project_log, name="project-log"),
    path(f"{_project}afslut/", projects.project_close, name="project-close"),
    path(f"{_project}forklar/<str:requirement>/", projects.project_explain, name="project-explain"),
    path("personer/", people.person_list, name="person-list"),
    path("personer/adresser/", lists.person_addresses, name="person-addresses"),
    path("personer/personer.csv", lists.person_list_file, _csv, name="person-list-csv"),
    path("personer/personer.xlsx", lists.person_list_file, _excel, name="person-list-excel"),
    path("personer/medlemmer.csv", lists.register_list, _csv, name="register-csv"),
    path("personer/medlemmer.xlsx", lists.register_list, _excel, name="register-excel"),
    path("personer/hent-ind/", register.register_import, name="register-import"),
    path("personer/hent-ind/gennemse/", register.register_review, name="register-review"),
    path("personer/hent-ind/kasser/", register.register_discard, name="register-discard"),
    path("opret/person/", people.person_create, name="person-create"),
    path(_person, people.person_detail, name="person-detail"),
    path(f"{_person}oplysninger/", privacy.person_held, name="person-held"),
    path("personer/<int:pk>/oplysninger.json", privacy.person_held_json, name="person-held-json"),
    path(f"{_person}anonymiser/", privacy.person_anonymise, name="person-anonymise"),
    path("personer/uden-medlemskab/", privacy.person_unattached, name="person-unattached"),
    path("personer/udloebne-medlemskaber/", privacy.membership_expired, name="membership-expired"),
    path(f"{_person}log/", log.person_log, name="person-log"),
    path(f"{_person}fratraed/", leaving.person_leave, name="person-leave"),
    path(f"{_person}ret/", people.person_update, name="person-update"),
    path(f"{_person}inviter/", people.person_invite, name="person-invite"),
    path(f"{_person}deaktiver/", people.person_deactivate, name="person-deactivate"),
    path(f"{_person}totrinslogin/", people.person_second_factor, name="person-second-factor"),
    path(f"{_person}genaktiver/", people.person_activate, name="person-activate"),
    path("soeg/", search.search, name="search"),
    path("log/", log.log, name="log"),
    path("mails/", mails.mails, name="mails"),
    path("mails/stop/<str:token>/", mails.opt_out, name="opt-out"),
    path("organisationer/", organisations.organisation_list, name="organisation-list"),
    path("opret/organisation/", organisations.organisation_create, name="organisation-create"),
    path("organisationer/<int:pk>/ret/", organisations.organisation_update, name="organisation-update"),
    path("organisationer/<int:pk>/log/", log.organisation_log, name="organisation-log"),
]
