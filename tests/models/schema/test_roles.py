"""Roles: the six of the company; the author is none of them."""

from __future__ import annotations

from models.schema.roles import AUTHOR, DEPARTMENT_MANAGER, EVERYONE, LEADS, PROJECT_MANAGER, ROLES


def test_roles_are_the_six_of_the_company() -> None:
    assert set(ROLES) == {
        "engineer",
        "project_manager",
        "department_manager",
        "quality",
        "service_desk",
        "general_office",
    }
    assert AUTHOR not in ROLES


def test_everyone_is_every_role_and_leads_are_the_two_managers() -> None:
    assert tuple(ROLES) == EVERYONE
    assert LEADS == (PROJECT_MANAGER, DEPARTMENT_MANAGER)


def test_each_role_has_a_word_in_both_languages() -> None:
    assert all(word.zh and word.en for word in ROLES.values())
    assert len({word.zh for word in ROLES.values()}) == len(ROLES)
