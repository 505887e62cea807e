"""Pages on which a text is read: paste or upload, correct side by side, accept; compare two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from konbit.dossier.tables.mandate import Paragraph
from konbit.exchange import Form, UnreadableTextError, text_of
from konbit.mandate import NotAkomaNtosoError, compare, from_akn, read_article, written
from konbit.package.limits import MEGABYTE
from konbit.web.bridge.numbers import whole
from konbit.web.mandates.accepting import LONGEST_TEXT, NotAcceptedError, accept, keep_text
from konbit.web.mandates.corrected import rows_sent
from konbit.web.mandates.models import Reading
from konbit.web.mandates.proposing import Proposed, document_in, propose
from konbit.web.mandates.read_forms import ReadForm, SourceForm
from konbit.web.mandates.side_by_side import SideBySide, seen_in
from konbit.web.mandates.told import propose_told, sent_back
from konbit.web.people.access import readable_missions
from konbit.web.people.rooms import Visit, in_mission
from konbit.web.tables.dossiers import dossier_of
from konbit.web.tables.edits import EditConflictError
from konbit.web.tables.showing import conflict_of

if TYPE_CHECKING:
    from konbit.dossier import Dossier

_MOST_CONFLICTS = 10


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def readings(request: Visit) -> HttpResponse:
    """Texts that were read; paste or upload another. A press article is shown and not kept."""
    _demand(request)
    is_sent = request.method == "POST"  # with empty hands where its file was cut off
    form = ReadForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, auto_id="read-%s"
    )
    for name, field in form.fields.items():
        field.label = request.words.say(f"read-{name}")
    problem = ""
    if request.method == "POST" and request.POST.get("do") == "accept":
        return _accept_article(request)
    if request.method == "POST" and form.is_valid():
        try:
            name, text = _text(request, form)
        except UnreadableTextError as error:
            problem = _refused(request, f"mandate-{error.code}", **error.values)
        except NotAkomaNtosoError:
            problem = _refused(request, "mandate-text-damaged")
        else:
            if form.cleaned_data["is_article"]:
                return _article(request, name, text)
            found = document_in(text, name)
            symbol = found.symbol.value if found.symbol else ""
            made = keep_text(request.reader, request.mission, name, text, symbol)
            return redirect("reading", request.mission.code, made.pk)
    context = {"form": form, "problem": problem, "readings": _readings(request)}
    status = 422 if request.method == "POST" else 200
    return render(request, "mandates/readings.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@in_mission
def reading(request: Visit, number: int) -> HttpResponse:
    """A text beside what is proposed from it; correct it and accept."""
    _demand(request)
    found = _readings(request).filter(pk=number).first()
    if found is None:
        raise Http404
    dossier = dossier_of(request.mission)
    chosen = request.GET.get("document", "")
    proposed = propose(document_in(found.text, found.name), dossier, chosen)
    if request.method == "POST" and request.POST.get("do") != "look":
        answer = _accept(request, dossier, proposed, found.name)
        if isinstance(answer, HttpResponse):
            return answer
        return _side_by_side(request, proposed, reading=found, **answer)
    return _side_by_side(request, proposed, reading=found)


@require_safe
@in_mission
def difference(request: Visit) -> HttpResponse:
    """Two texts that were read beside each other: kept, changed, new, dropped."""
    _demand(request)
    chosen = [_named(request, request.GET.get(side, "")) for side in ("old", "new")]
    found = None
    if chosen[0] and chosen[1]:
        old, new = (document_in(one.text, one.name) for one in chosen if one)
        found = compare(old, new)
    context = {
        "readings": _readings(request),
        "old": chosen[0],
        "new": chosen[1],
        "found": found,
    }
    return render(request, "mandates/difference.html", context)


def _refused(request: Visit, code: str, **values: Any) -> str:
    """Why a file was not read, in one sentence."""
    if code == "mandate-text-missing":
        return request.words.say("reading-nothing")
    return request.words.say("reading-refused", why=request.words.say(code, **values))


def _named(request: Visit, number: str) -> Reading | None:
    asked = whole(number)
    found: Reading | None = _readings(request).filter(pk=asked).first() if asked else None
    return found


def _demand(request: Visit) -> None:
    if not request.standing.writes(Paragraph):
        raise PermissionDenied("edit")


def _readings(request: Visit) -> Any:
    return Reading.objects.filter(
        mission=request.mission, mission__in=readable_missions(request.reader)
    ).select_related("by")


def _text(request: Visit, form: ReadForm) -> tuple[str, str]:
    """Name and characters of what was sent.

    Raises:
        UnreadableTextError: too large, damaged, locked, without a text layer, or empty.
        NotAkomaNtosoError: it begins like Akoma Ntoso and is none.
    """
    file = request.FILES.get("file")
    if request.is_upload_cut:  # known once the files are read
        megabytes = settings.LARGEST_UPLOAD_BYTES // MEGABYTE
        raise UnreadableTextError("text-too-large", megabytes=megabytes)
    if file is None and not form.cleaned_data["text"].strip():
        raise UnreadableTextError("text-missing")
    name = (file.name or "") if file else ""
    data = file.read() if file else form.cleaned_data["text"].encode()
    text = text_of(data, name)
    characters = text.characters
    if text.form is Form.AKOMA_NTOSO:
        characters = written(from_akn(data, name))
    if not characters.strip() or "\0" in characters or len(characters) > LONGEST_TEXT:
        raise UnreadableTextError("text-damaged")
    return name, characters


def _article(request: Visit, name: str, text: str) -> HttpResponse:
    dossier = dossier_of(request.mission)
    proposed = propose_told(read_article(text, name), dossier, request.words)
    return _side_by_side(request, proposed, is_article=True)


def _side_by_side(
    request: Visit, proposed: Proposed, *, is_article: bool = False, status: int = 200, **more: Any
) -> HttpResponse:
    """The page, as the record is at this moment."""
    shown = SideBySide(
        request,
        dossier_of(request.mission),
        proposed,
        is_article=is_article,
        is_overtaken="conflicts" in more,
    )
    context = {**shown.context(), **more}
    return render(request, "mandates/reading.html", context, status=status)


def _accept(
    request: Visit, dossier: Dossier, proposed: Proposed, name: str, *, is_article: bool = False
) -> HttpResponse | dict[str, Any]:
    """Store what was corrected and lead to it; or what the page is to tell."""
    words = request.words
    form = SourceForm(request.POST, words=words)
    if not form.is_valid():
        return {"problem": words.say("reading-source-missing"), "status": 422}
    sent = request.POST.dict()
    try:
        rows = rows_sent(sent, proposed, dossier, form.told, is_secondary=is_article)
        accept(
            request.reader,
            request.mission,
            rows,
            seen_in(sent),
            why=form.cleaned_data["why"],
            document=proposed.document.symbol or name,
        )
    except NotAcceptedError as error:
        told = [words.of_finding(f) for f in error.findings[:5]]
        told += [words.say(error.code, **error.values)] if error.code else []
        return {"problem": " ".join(told), "status": 422}
    except EditConflictError as error:
        shown = [
            (c.edit.key, conflict_of(c.edit, c.now, words, request.mission))
            for c in error.conflicts[:_MOST_CONFLICTS]
        ]
        return {"conflicts": shown, "status": 409}
    if request.POST.get("goes_on") == "yes":
        return redirect(request.get_full_path())
    return redirect("document", request.mission.code, proposed.document.code)


def _accept_article(request: Visit) -> HttpResponse:
    """Accept what an article told: everything that is needed was sent back, and no sentence."""
    dossier = dossier_of(request.mission)
    proposed = sent_back(request.POST, dossier, timezone.now().date())
    answer = _accept(request, dossier, proposed, "", is_article=True)
    if isinstance(answer, HttpResponse):
        return answer
    return _side_by_side(request, proposed, is_article=True, **answer)
