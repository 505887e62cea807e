"""Pages about people: those of one's own organisation, roles in a mission, invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from konbit.web.bridge.numbers import whole
from konbit.web.missions.models import Mission
from konbit.web.people import actions, inviting, tokens
from konbit.web.people.access import is_administrator
from konbit.web.people.administering import NotPossibleError
from konbit.web.people.asking import ASKED_FIRST, confirm
from konbit.web.people.entries import entries_told
from konbit.web.people.forms import (
    AcceptForm,
    InviteForm,
    TokenForm,
    role_choices,
)
from konbit.web.people.models import (
    ApiToken,
    Assignment,
    Invitation,
    PeopleEntry,
    User,
)
from konbit.web.people.roles import Role
from konbit.web.people.rooms import Visit, in_mission
from konbit.web.words import words_in

if TYPE_CHECKING:
    from collections.abc import Callable


class Administering(HttpRequest):
    """A request of somebody who administers an organisation."""

    reader: User
    words: Any


def administering(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for administrators, about their own organisation."""

    def seen(request: Any, *args: Any, **more: Any) -> HttpResponse:
        if not is_administrator(request.user):
            raise PermissionDenied("administer")
        request.reader = request.user
        return view(request, *args, **more)

    return login_required(seen)


@require_safe
@login_required
def people(request: Any) -> HttpResponse:
    """People of the own organisation; for administrators with all that can be done."""
    if is_administrator(request.user):
        return administering(_people)(request)
    colleagues = User.objects.filter(
        is_service=False, is_active=True, organisation=request.user.organisation_id
    )
    context = {"organisation": request.user.organisation, "colleagues": colleagues.order_by("name")}
    return render(request, "people/colleagues.html", context)


@require_POST
@administering
def invite(request: Administering) -> HttpResponse:
    """Invite somebody; the link goes by mail and is shown once."""
    form = InviteForm(request.POST, by=request.reader, words=request.words)
    if not form.is_valid():
        return _people(request, status=422, invite_form=form)
    mission, role = _chosen(form.cleaned_data["role"])
    email = form.cleaned_data["email"].strip().casefold()
    replaces = inviting.open_invitations(request.reader.organisation).filter(email=email).exists()
    try:
        _, secret = inviting.invite(request.reader, email, role, mission)
    except NotPossibleError as error:
        form.add_error("email", request.words.say(error.code))
        return _people(request, status=409, invite_form=form)
    link = request.build_absolute_uri(reverse("invitation", args=[secret]))
    words = request.words
    sent = send_mail(
        words.say("invitation-subject"),
        words.say(
            "invitation-mail",
            organisation=request.reader.organisation.name,
            link=link,
            days=inviting.INVITATION_DAYS,
        ),
        None,
        [email],
        fail_silently=True,
    )
    return _people(request, link=link, is_sent=bool(sent), replaces=replaces)


@require_POST
@administering
def token(request: Administering) -> HttpResponse:
    """Make a token; its secret is shown once."""
    form = TokenForm(request.POST, by=request.reader, words=request.words)
    if not form.is_valid():
        return _people(request, status=422, token_form=form)
    mission, role = _chosen(form.cleaned_data["role"])
    if mission is None:
        raise PermissionDenied("give-role")
    _, secret = tokens.make_token(request.reader, form.cleaned_data["name"], [role], mission)
    return _people(request, secret=secret)


@require_POST
@administering
def change(request: Administering) -> HttpResponse:
    """Give or end a role, let in or shut out, take an invitation back, revoke a token.

    What takes something from somebody is told first, and done when it is confirmed.
    """
    done = request.POST.get("do", "")
    if done not in _CHANGES:
        raise Http404
    if done in ASKED_FIRST and request.POST.get("sure") != "yes":
        return confirm(request, done, _number(request))
    try:
        _CHANGES[done](request)
    except NotPossibleError as error:
        return _people(request, status=409, problem=request.words.say(error.code))
    return redirect("people")


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: Any, secret: str) -> HttpResponse:
    """Accept an invitation: name, password, and one is in."""
    found = inviting.open_invitation(secret)
    if found is None:
        return render(request, "people/invitation_over.html", status=410)
    sent = request.POST if request.method == "POST" else None
    form = AcceptForm(sent, email=found.email, words=request.words)
    if form.is_valid():
        try:
            told = form.cleaned_data
            inviting.accept(secret, told["name"], told["password"], request.words.language)
        except NotPossibleError:
            return render(request, "people/invitation_over.html", status=410)
        messages.success(request, request.words.say("invitation-done"))
        return redirect("account_login")
    context = {"form": form, "invitation": found}
    return render(request, "people/invitation.html", context, status=422 if sent else 200)


@require_safe
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second factor is needed, and where it is set up."""
    return render(request, "people/second_factor.html")


@require_safe
@in_mission
def in_this_mission(request: Visit) -> HttpResponse:
    """Who holds which role in a mission: for its readers; entries for auditors."""
    held = (
        Assignment.objects.filter(mission=request.mission, ended_at__isnull=True)
        .select_related("user", "user__organisation")
        .order_by("user__organisation__name", "user__name", "role")
    )
    audits = Role.AUDITOR in request.standing.roles
    entries = PeopleEntry.objects.filter(mission=request.mission)
    context = {"held": held, "entries": entries_told(entries) if audits else None}
    return render(request, "people/mission.html", context)


def _people(request: Administering, status: int = 200, **more: Any) -> HttpResponse:
    by, words = request.reader, request.words
    here = {"organisation": by.organisation_id}
    context = {
        "organisation": by.organisation,
        "people": User.objects.filter(is_service=False, **here)
        .order_by("name")
        .annotate(has_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"))))
        .prefetch_related("assignments", "assignments__mission"),
        "invitations": inviting.open_invitations(by.organisation)
        .select_related("mission")
        .order_by("email"),
        "tokens": ApiToken.objects.filter(**here)
        .order_by("-pk")
        .prefetch_related("user__assignments", "user__assignments__mission"),
        "entries": entries_told(PeopleEntry.objects.filter(**here)),
        "invite_form": InviteForm(by=by, words=words),
        "token_form": TokenForm(by=by, words=words),
        "roles": role_choices(by, words),
        **more,
    }
    return render(request, "people/people.html", context, status=status)


def _chosen(text: str) -> tuple[Mission | None, str]:
    """Mission and role of a choice such as `3:planner`."""
    number, _, role = text.partition(":")
    if role == Role.ADMINISTRATOR:
        return None, role
    return get_object_or_404(Mission, pk=whole(number) or 0), role


def _number(request: Administering) -> int:
    return whole(request.POST.get("number", "")) or 0


def _give(request: Administering) -> None:
    user = get_object_or_404(User, pk=_number(request))
    mission, role = _chosen(request.POST.get("role", ""))
    actions.give_role(request.reader, user, role, mission)


def _end(request: Administering) -> None:
    actions.end_role(request.reader, get_object_or_404(Assignment, pk=_number(request)))


def _shut_out(request: Administering) -> None:
    actions.set_active(request.reader, get_object_or_404(User, pk=_number(request)), active=False)


def _let_in(request: Administering) -> None:
    actions.set_active(request.reader, get_object_or_404(User, pk=_number(request)), active=True)


def _lost_factor(request: Administering) -> None:
    user = get_object_or_404(User, pk=_number(request), is_service=False)
    if actions.forget_second_factor(request.reader, user):
        words = words_in(user.language or request.words.language)
        send_mail(
            words.say("mail-factor-taken-subject"),
            words.say("mail-factor-taken", name=request.reader.name),
            None,
            [user.email],
            fail_silently=True,
        )


def _take_back(request: Administering) -> None:
    inviting.take_back(request.reader, get_object_or_404(Invitation, pk=_number(request)))


def _revoke(request: Administering) -> None:
    tokens.revoke_token(request.reader, get_object_or_404(ApiToken, pk=_number(request)))


_CHANGES: dict[str, Callable[[Administering], None]] = {
    "give": _give,
    "end": _end,
    "shut-out": _shut_out,
    "let-in": _let_in,
    "lost-factor": _lost_factor,
    "take-back": _take_back,
    "revoke": _revoke,
}
