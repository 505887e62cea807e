"""People: invitations, roles, tokens, second factor, sessions, single sign-on, throttling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client, override_settings
from django.utils import timezone

from konbit.web.missions.models import Mission
from konbit.web.people import actions, inviting, tokens
from konbit.web.people.access import standing
from konbit.web.people.acting import act_as
from konbit.web.people.administering import NotPossibleError
from konbit.web.people.models import Assignment, Invitation, PeopleEntry, User
from konbit.web.people.roles import Role
from konbit.web.words import words_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from web_world import World

PASSWORD = "a long password of the tests"


def client() -> Client:
    """A browser in which nobody is signed in."""
    return Client(SERVER_NAME="localhost")


def test_an_invitation_makes_a_user_with_the_promised_role_once(world: World) -> None:
    admin = client()
    admin.force_login(world.users["kenya_administrator"])
    role = f"{world.mission.pk}:contributor_officer"
    page = admin.post("/people/invite", {"email": "New@Example.org", "role": role})
    assert page.status_code == 200
    letter = mail.outbox[-1]
    link = letter.body.split()[-1]
    assert link in page.content.decode()
    path = link.removeprefix("http://localhost")

    guest = client()
    assert guest.post(path, {"name": "New", "password": "short"}).status_code == 422
    assert guest.post(path, {"name": "New", "password": PASSWORD}).status_code == 302
    made = User.objects.get(email="new@example.org")
    assert made.organisation == world.organisations["kenya"]
    assert standing(made, world.mission).roles == {Role.CONTRIBUTOR_OFFICER}
    assert guest.get(path).status_code == 410
    with pytest.raises(NotPossibleError):
        inviting.accept(path.split("/")[2], "Again", PASSWORD)


def test_an_invitation_that_was_taken_back_opens_nothing(world: World) -> None:
    by = world["administrator"]
    made, secret = inviting.invite(by, "a@example.org", "planner", world.mission)
    inviting.take_back(by, made)
    assert client().get(f"/invitation/{secret}/").status_code == 410


def test_the_same_address_has_one_live_link_the_newest(world: World) -> None:
    admin = client()
    admin.force_login(world.users["kenya_administrator"])
    role = f"{world.mission.pk}:viewer"
    told = words_in("en").say("people-invited-again")
    pages, paths = [], []
    for email in ("twice@example.org", " Twice@Example.org ", "other@example.org"):
        page = admin.post("/people/invite", {"email": email, "role": role})
        pages.append(told in page.content.decode())
        paths.append(mail.outbox[-1].body.split()[-1].removeprefix("http://localhost"))
    assert pages == [False, True, False], "and the administrator is told"
    assert [client().get(path).status_code for path in paths] == [410, 200, 200]
    by = world["kenya_administrator"]
    emails = inviting.open_invitations(by.organisation).values_list("email", flat=True)
    assert sorted(emails) == ["other@example.org", "twice@example.org"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            organisation=by.organisation, email="twice@example.org", role="viewer", by=by,
            mission=world.mission, token_digest="0" * 64, expires_at=timezone.now(),
        )  # fmt: skip
    inviting.invite(world["administrator"], "twice@example.org", "viewer", world.mission)
    assert client().get(paths[1]).status_code == 200, "another organisation's stays"


def test_an_address_that_two_organisations_invite_joins_one(world: World) -> None:
    secrets = [
        inviting.invite(world[name], "both@example.org", "viewer", world.mission)[1]
        for name in ("administrator", "kenya_administrator")
    ]
    inviting.accept(secrets[0], "Both", PASSWORD)
    late = client().post(f"/invitation/{secrets[1]}/", {"name": "Both", "password": PASSWORD})
    assert late.status_code == 410


def held_role(world: World, name: str) -> Assignment:
    return Assignment.objects.get(
        user=world.users[name], mission=world.mission, ended_at__isnull=True
    )


def test_what_is_taken_from_somebody_is_told_before_it_is_done(world: World) -> None:
    by, officer = world["kenya_administrator"], world.users["kenya_officer"]
    held = held_role(world, "kenya_officer")
    invitation, _ = inviting.invite(by, "a@example.org", "viewer", world.mission)
    token, _ = tokens.make_token(by, "feed", ["viewer"], world.mission)
    admin = client()
    admin.force_login(by)
    asked = (
        ("end", held.pk, "kenya_officer"),
        ("shut-out", officer.pk, "kenya_officer"),
        ("take-back", invitation.pk, "a@example.org"),
        ("revoke", token.pk, "feed"),
    )

    def undone() -> list[bool]:
        for one in (held, officer, invitation, token):
            one.refresh_from_db()
        return [held.ended_at is None, officer.is_active, invitation.revoked_at is None,
                token.revoked_at is None]  # fmt: skip

    for do, number, named in asked:
        page = admin.post("/people/change", {"do": do, "number": number})
        assert page.status_code == 200
        text = page.content.decode()
        assert named in text, do
        assert f'value="{do}"' in text, "the page has the button that does it"
        assert "<script" not in text
    assert undone() == [True] * 4, "nothing is done before it is confirmed"
    for name, status in (("viewer", 403), ("outsider", 403), ("administrator", 404)):
        other = client()
        other.force_login(world.users[name])
        for do, number, _ in asked:
            for sure in ({}, {"sure": "yes"}):
                answer = other.post("/people/change", {"do": do, "number": number, **sure})
                refused = {403, 404} if sure else {status}
                assert answer.status_code in refused, (name, do, sure)
    assert undone() == [True] * 4, "nor by another organisation's administrator"
    act_as(by)
    for do, number, _ in asked:
        answer = admin.post("/people/change", {"do": do, "number": number, "sure": "yes"})
        assert answer.status_code == 302, do
    act_as(by)
    assert undone() == [False] * 4


def test_what_was_done_once_is_told_once(world: World) -> None:
    """Done again, by two administrators or a page sent twice, it moves no moment and no entry."""
    by = world["kenya_administrator"]
    held = held_role(world, "kenya_officer")
    invitation, _ = inviting.invite(by, "a@example.org", "viewer", world.mission)
    token, _ = tokens.make_token(by, "feed", ["viewer"], world.mission)

    def moments() -> list[object]:
        for one in (held, invitation, token):
            one.refresh_from_db()
        return [held.ended_at, invitation.revoked_at, token.revoked_at, PeopleEntry.objects.count()]

    def do() -> list[object]:
        actions.end_role(by, held)
        inviting.take_back(by, invitation)
        tokens.revoke_token(by, token)
        return moments()

    before = PeopleEntry.objects.count()
    once = do()
    assert once[3] == before + 3
    assert do() == once


def test_other_sessions_end_when_it_is_confirmed(world: World) -> None:
    _, secret = inviting.invite(world["administrator"], "v@example.org", "viewer", world.mission)
    inviting.accept(secret, "V", PASSWORD)
    browsers = [client(), client()]
    for browser in browsers:
        browser.post("/accounts/login/", {"login": "v@example.org", "password": PASSWORD})
        browser.get("/m/M/")
    here, there = browsers
    page = here.get("/accounts/sessions/").content.decode()
    assert 'class="danger"' not in page, "a link to the question, no button yet"
    asked = here.get("/accounts/sessions/?end=1").content.decode()
    assert words_in("en").say("sessions-end-told") in asked
    assert there.get("/m/M/").status_code == 200
    here.post("/accounts/sessions/")
    assert (here.get("/m/M/").status_code, there.get("/m/M/").status_code) == (200, 302)


def test_a_program_is_named_in_histories_with_its_organisation(world: World) -> None:
    by = world["administrator"]
    made, secret = tokens.make_token(by, "Nightly feed", ["planner"], world.mission)
    program = Client(SERVER_NAME="localhost", headers={"Authorization": f"Bearer {secret}"})
    path = "/api/v1/missions/M/tables/offers/rows/KEN-POLICE"
    read = program.get(path)
    sent = {"row": {**read.json()["row"], "title": "By a program"}, "why": "a letter"}
    program.put(path, sent, content_type="application/json", headers={"If-Match": read["ETag"]})
    auditor, admin = client(), client()
    auditor.force_login(world.users["auditor"])
    admin.force_login(by)
    named = "Nightly feed (program of Un)"
    for page in ("/m/M/", "/m/M/history/", "/m/M/tables/offers/row/KEN-POLICE"):
        assert named in auditor.get(page).content.decode(), page
    act_as(by)
    PeopleEntry.objects.create(  # as entries were written before programs were named in them
        organisation=by.organisation, mission=world.mission, by=by, verb="role-given",
        about=made.user.email, role="planner",
    )  # fmt: skip
    for browser, page in ((auditor, "/m/M/people/"), (admin, "/people/")):
        text = browser.get(page).content.decode()
        assert "token.invalid" not in text, page
        assert text.count("Nightly feed") >= 3, page


def test_administration_is_delegated_and_ends_at_the_organisation(world: World) -> None:
    by = world["kenya_administrator"]
    with pytest.raises(PermissionDenied):
        actions.give_role(by, world.users["viewer"], "viewer", world.mission)
    with pytest.raises(PermissionDenied):
        actions.give_role(by, world.users["kenya_officer"], "fund_approver", world.mission)
    given = actions.give_role(by, world.users["kenya_officer"], "viewer", world.mission)
    actions.end_role(by, given)
    assert Role.VIEWER not in standing(world.users["kenya_officer"], world.mission).roles
    assert Assignment.objects.get(pk=given.pk).ended_by == by, "that it was held stays known"
    verbs = PeopleEntry.objects.filter(by=by).values_list("verb", flat=True)
    assert list(verbs) == ["role-ended", "role-given"]


def test_a_host_lets_organisations_take_part_and_what_it_takes_back_ends_at_once(
    world: World,
) -> None:
    browser = client()
    browser.force_login(world.users["administrator"])
    sent = {"do": "open", "code": "NEW", "title": "A new mission", "own_code": "UN"}
    assert browser.post("/people/missions", sent).status_code == 302
    made = Mission.objects.get(code="NEW")
    kenya = world.organisations["kenya"]
    part = {"do": "take-in", "mission": made.pk, "organisation": kenya.pk, "own_code": "KEN"}
    assert browser.post("/people/missions", {**part, "roles": ["viewer"]}).status_code == 302
    actions.give_role(world["kenya_administrator"], world.users["kenya_officer"], "viewer", made)
    officer = client()
    officer.force_login(world.users["kenya_officer"])
    assert officer.get("/m/NEW/").status_code == 200
    taken = {**part, "roles": ["contributor_officer"]}
    assert browser.post("/people/missions", taken).status_code == 200, "told, and not done"
    assert officer.get("/m/NEW/").status_code == 200
    assert browser.post("/people/missions", {**taken, "sure": "yes"}).status_code == 302
    assert officer.get("/m/NEW/").status_code == 404, "viewing is no longer Kenya's to give"

    stranger = client()
    stranger.force_login(world.users["kenya_administrator"])
    assert stranger.post("/people/missions", part).status_code == 422, "not its host"


def test_who_is_shut_out_is_out_at_once(world: World) -> None:
    officer = client()
    officer.force_login(world.users["kenya_officer"])
    officer.get("/")
    assert officer.get("/m/M/").status_code == 200
    by = world["kenya_administrator"]
    actions.set_active(by, world.users["kenya_officer"], active=False)
    assert officer.get("/m/M/").status_code == 302
    assert not standing(User.objects.get(pk=world.users["kenya_officer"].pk), world.mission).roles


def test_whoever_writes_sets_up_a_second_factor_first(world: World) -> None:
    by = world["administrator"]
    _, secret = inviting.invite(by, "p@example.org", "planner", world.mission)
    planner = inviting.accept(secret, "P", PASSWORD)
    _, secret = inviting.invite(by, "v@example.org", "viewer", world.mission)
    viewer = inviting.accept(secret, "V", PASSWORD)

    browser = client()
    browser.force_login(planner)
    answer = browser.get("/m/M/")
    assert (answer.status_code, answer["Location"]) == (302, "/second-factor")
    assert browser.post("/m/M/plans/freeze").status_code == 302
    assert browser.get("/second-factor").status_code == 200
    assert browser.get("/accounts/2fa/totp/activate/").status_code in {200, 302}
    reader = client()
    reader.force_login(viewer)
    assert reader.get("/m/M/").status_code == 200

    by = world["administrator"]
    actions.give_role(by, planner, "viewer", world.mission)
    actions.end_role(by, planner.assignments.get(role="planner"))
    assert browser.get("/m/M/").status_code == 200, "who only reads now is asked for none"


def test_with_a_second_factor_the_password_alone_opens_nothing(world: World) -> None:
    from allauth.mfa.totp.internal import auth

    by = world["administrator"]
    _, secret = inviting.invite(by, "p@example.org", "planner", world.mission)
    planner = inviting.accept(secret, "P", PASSWORD)
    seed = auth.generate_totp_secret()
    auth.TOTP.activate(planner, seed)

    browser = client()
    sent = {"login": "p@example.org", "password": PASSWORD}
    answer = browser.post("/accounts/login/", sent)
    assert answer["Location"].endswith("/accounts/2fa/authenticate/")
    assert browser.get("/m/M/").status_code == 302
    wrong = browser.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    code = auth.format_hotp_value(auth.hotp_value(seed, next(auth.yield_hotp_counters_from_time())))
    assert browser.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    assert browser.get("/m/M/").status_code == 200


@pytest.mark.parametrize("language", ["en", "fr", "es", "ht"])
def test_sign_in_is_worded_in_every_language(language: str, world: World) -> None:
    from allauth.mfa.totp.internal import auth

    words = words_in(language)
    by = world["administrator"]
    _, secret = inviting.invite(by, "p@example.org", "planner", world.mission)
    auth.TOTP.activate(inviting.accept(secret, "P", PASSWORD), auth.generate_totp_secret())
    browser = client()
    browser.cookies["konbit_language"] = language
    sent = {"login": "p@example.org", "password": "wrong"}
    wrong = browser.post("/accounts/login/", sent).content.decode()
    for code in ("sign-in-email-password-mismatch", "people-address", "people-password"):
        assert words.say(code) in wrong, code
    assert "placeholder" not in wrong
    browser.post("/accounts/login/", {**sent, "password": PASSWORD})
    asked = browser.get("/accounts/2fa/authenticate/").content.decode()
    assert words.say("sign-in-code-lead") in asked
    refused = browser.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert words.say("sign-in-incorrect-code") in refused
    assert 'aria-describedby="id_code_error"' in refused
    assert 'id="id_code_error"' in refused, "what is wrong is read beside the field"
    reader = client()
    reader.force_login(world.users["viewer"])
    reader.cookies["konbit_language"] = language
    out = reader.post("/accounts/logout/", follow=True).content.decode()
    assert words.say("signed-out") in out


def test_sign_in_is_throttled(world: World) -> None:
    from django.core.cache import cache

    cache.clear()
    browser = client()
    statuses = [
        browser.post("/accounts/login/", {"login": "x@example.org", "password": f"no {n}"}).content
        for n in range(8)
    ]
    assert b"Too many failed login attempts" in statuses[-1]
    assert b"Too many failed login attempts" not in statuses[0]
    cache.clear()


def test_nobody_signs_up_unasked(world: World) -> None:
    page = client().get("/accounts/signup/")
    assert "csrfmiddlewaretoken" not in page.content.decode().split("<main", 1)[1]
    answer = client().post("/accounts/signup/", {"email": "me@example.org", "password1": PASSWORD})
    assert answer.status_code == 200
    assert not User.objects.filter(email="me@example.org").exists()


def test_holders_of_tokens_never_sign_in(world: World) -> None:
    token, _ = tokens.make_token(world["administrator"], "feed", ["viewer"], world.mission)
    holder = User.objects.get(pk=token.user_id)
    holder.set_password(PASSWORD)
    holder.save(update_fields=["password"])
    sent = {"login": holder.email, "password": PASSWORD}
    assert client().post("/accounts/login/", sent)["Location"] == "/accounts/inactive/"


def test_a_session_can_be_ended(world: World) -> None:
    from allauth.usersessions.models import UserSession

    by = world["administrator"]
    _, secret = inviting.invite(by, "v@example.org", "viewer", world.mission)
    viewer = inviting.accept(secret, "V", PASSWORD)
    browser = client()
    browser.post("/accounts/login/", {"login": "v@example.org", "password": PASSWORD})
    assert browser.get("/m/M/").status_code == 200
    assert UserSession.objects.filter(user=viewer).count() == 1
    assert browser.get("/accounts/sessions/").status_code == 200
    actions.end_sessions(viewer)
    assert browser.get("/m/M/").status_code == 302


@pytest.fixture
def provider() -> Iterator[str]:
    """An OpenID Connect provider on this machine."""
    from oidc_provider_mock import run_server_in_thread

    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


# The provider is one of the tests', on libraries of its own.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("email", "verified", "status"),
    [("viewer", True, 302), ("viewer", False, 403), ("stranger", True, 403)],
)
def test_single_sign_on_lets_in_whom_we_know(
    email: str, verified: bool, status: int, provider: str, world: World
) -> None:
    import httpx

    address = f"{email}@example.org"
    httpx.put(
        f"{provider}/users/{email}", json={"email": address, "email_verified": verified}
    ).raise_for_status()
    app = {
        "provider_id": "organisation",
        "name": "Our organisation",
        "client_id": "konbit",
        "secret": "shared",
        "settings": {"server_url": provider},
    }
    settings = {"openid_connect": {"APPS": [app]}}
    with override_settings(SOCIALACCOUNT_PROVIDERS=settings):
        browser = client()
        assert "Our organisation" in browser.get("/accounts/login/").content.decode()
        began = browser.post("/accounts/oidc/organisation/login/")
        assert began["Location"].startswith(provider)
        agreed = httpx.post(began["Location"], data={"sub": email})
        back = agreed.headers["Location"].removeprefix("http://localhost")
        done = browser.get(back)
        assert done.status_code == status
        if status == 302:
            assert done["Location"].endswith("/accounts/2fa/authenticate/"), "the second factor"
