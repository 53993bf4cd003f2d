"""The register's own things, found by what they say now."""

from __future__ import annotations

from members.models import Project, User, WorkingGroup
from members.search.index import follow
from members.search.sources import Groups, People, Projects, add


def connect() -> None:
    """Let groups, projects and people be found, and follow each row that is saved."""
    for source, model, fields in (
        (Groups(), WorkingGroup, ["name"]),
        (Projects(), Project, ["name", "summary"]),
        (People(), User, ["name"]),
    ):
        add(source)
        follow(source, model, *fields)
