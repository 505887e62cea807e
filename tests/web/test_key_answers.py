"""Whatever somebody sends instead of a security key's answer is turned down in a sentence."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from fido2 import cbor
from fido2.utils import websafe_decode, websafe_encode
from hypothesis import given, settings
from hypothesis import strategies as st

from konbit.web.people.key_answers import LARGEST_ANSWER_CHARACTERS, known_key, new_key
from konbit.web.people.models import User
from soft_key import SoftKey, sent

if TYPE_CHECKING:
    from collections.abc import Callable

    from web_world import World

PASSWORD = "correct horse battery"
_QUICK = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
CHALLENGE = websafe_encode(b"c" * 32)
KEY = SoftKey()
ADDED, ASSERTED = KEY.added(CHALLENGE), KEY.asserted(CHALLENGE)
MUCH = 10**10  # bytes of it would not fit into this machine
ODD: list[object] = [None, True, 0, -1, 1.5, MUCH, "", "é", "\0", "A", [], [[]], {}, {"a": {}}]


def changed(answer: dict[str, Any], path: tuple[str, ...], value: object) -> dict[str, Any]:
    """An answer with another value at one place."""
    first, *rest = path
    inner = changed(answer[first], tuple(rest), value) if rest else value
    return {**answer, first: inner}


def places(answer: dict[str, Any], path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Every place of an answer."""
    found: list[tuple[str, ...]] = []
    for name, value in answer.items():
        found.append((*path, name))
        if isinstance(value, dict):
            found += places(value, (*path, name))
    return found


def client_data(answer: dict[str, Any], written: bytes) -> dict[str, Any]:
    return changed(answer, ("response", "clientDataJSON"), websafe_encode(written))


def attested(whole: bytes) -> dict[str, Any]:
    return changed(ADDED, ("response", "attestationObject"), websafe_encode(whole))


def with_key(cose: object) -> dict[str, Any]:
    """A new key whose public key is something else."""
    said: Any = cbor.decode(websafe_decode(ADDED["response"]["attestationObject"]))
    seen = said["authData"]
    kept = seen[: 37 + 16 + 2 + len(KEY.number)]
    return KEY.added(CHALLENGE, authData=kept + cbor.encode(cose))  # type: ignore[arg-type] # odd on purpose


def forged() -> list[str]:
    """Answers that are none, of every kind that once ended in a fault, and their neighbours."""
    texts = ["", "{", "null", "[]", "{}", "1", '"a"', "NaN", "9" * 5_000, "[" * 30_000]
    texts += ['{"a":' * 10_000, "\0", "{}" * LARGEST_ANSWER_CHARACTERS]
    bytes_of_it = websafe_encode(b"\x9f\x9b" + b"\xff" * 8)
    for answer in (ADDED, ASSERTED):
        texts += [sent(changed(answer, at, odd)) for at in places(answer) for odd in ODD]
        said = json.loads(websafe_decode(answer["response"]["clientDataJSON"]))
        inner = [*ODD, *({**said, name: odd} for name in said for odd in ODD)]
        texts += [sent(client_data(answer, json.dumps(one).encode())) for one in inner]
        texts += [sent(client_data(answer, raw)) for raw in (b"\xff", b"[" * 9_000)]
        texts.append(sent(changed(answer, ("response",), {"attestationObject": bytes_of_it})))
    whole: Any = cbor.decode(websafe_decode(ADDED["response"]["attestationObject"]))
    for name in whole:
        strange: list[Any] = [None, 0, MUCH, "text", b"", b"\0" * 36, [], {}, {1: {2: b""}}]
        for odd in strange:
            said = {key: value for key, value in whole.items() if key != name}
            said |= {} if odd is None else {name: odd}
            texts.append(sent(attested(cbor.encode(said))))
    texts += [sent(attested(raw)) for raw in (b"", b"\xff", b"\x81" * 9_000, b"\xbb" + b"\xff" * 8)]
    keys: list[object] = [0, "", [], {}, {3: 99}, {3: -7}, {3: [1]}, {1: 2, 3: -7, -1: 1, -2: 5}]
    keys += [{3: -257, -1: b"\xff" * 9_000, -2: b"\1"}, {3: -8, -1: 6, -2: b"short"}]
    keys.append({1: 2, 3: -7, -1: 1, -2: b"\1" * 32, -3: b"\1" * 32})  # on no curve
    return [*texts, *(sent(with_key(key)) for key in keys)]


def is_turned_down(read: Callable[[str], object], text: str) -> bool:
    """Whether it is; anything but a refusal or an answer of the right shape is a fault."""
    try:
        found = read(text)
    except ValidationError:
        return True
    assert isinstance(found, dict)
    return False


def test_a_real_answer_goes_on_and_nothing_beside_it() -> None:
    more = {**ADDED, "evil": "\0" * 100, "clientExtensionResults": {"credProps": {"rk": False}}}
    kept = new_key(sent(more))
    assert "evil" not in kept
    assert kept["response"] == ADDED["response"]
    assert kept["clientExtensionResults"] == {"credProps": {"rk": False}}
    assert known_key(sent(ASSERTED))["response"] == ASSERTED["response"]


def test_every_forged_answer_is_turned_down_at_once() -> None:
    """What goes on anyhow is an answer with another value, which the library compares itself."""
    texts, began = forged(), time.process_time()
    down = [(is_turned_down(new_key, text), is_turned_down(known_key, text)) for text in texts]
    assert time.process_time() - began < 20
    assert len(texts) > 450
    assert sum(one and other for one, other in down) > 0.85 * len(texts)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(ODD),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([ADDED, ASSERTED]).flatmap(
    lambda a: st.tuples(st.just(a), st.sampled_from(places(a)), JSON)
))  # fmt: skip
def test_one_strange_value_in_an_answer(drawn: tuple[dict[str, Any], tuple[str, ...], Any]) -> None:
    text = sent(changed(*drawn))
    is_turned_down(new_key, text)
    is_turned_down(known_key, text)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_bytes_that_fell_over(data: st.DataObject) -> None:
    """Any byte of what a key wrote may be another, and any end may be missing."""
    answer, name = data.draw(st.sampled_from([
        (ADDED, "attestationObject"), (ADDED, "clientDataJSON"),
        (ASSERTED, "authenticatorData"), (ASSERTED, "clientDataJSON"), (ASSERTED, "signature"),
    ]))  # fmt: skip
    whole = bytearray(websafe_decode(answer["response"][name]))
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=4)):
        whole[at] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    text = sent(changed(answer, ("response", name), websafe_encode(cut)))
    is_turned_down(new_key, text)
    is_turned_down(known_key, text)


class Person:
    """Somebody with a password and a code, in front of the pages."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.client = Client(SERVER_NAME="localhost")

    def challenge(self) -> str:
        return str(self.client.session["mfa.webauthn.state"]["challenge"])

    def gives_the_password(self) -> None:
        done = self.client.post(
            "/accounts/login/", {"login": self.user.email, "password": PASSWORD}
        )
        assert done.status_code == 302

    def confirms(self) -> None:
        self.client.post("/accounts/reauthenticate/", {"password": PASSWORD})


@pytest.fixture
def person(world: World) -> Person:
    """A viewer, who needs no second factor yet."""
    cache.clear()
    user = User.objects.get(pk=world["viewer"].pk)
    with override_settings(**_QUICK):
        user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    return Person(user)


@override_settings(**_QUICK)
def test_a_key_is_added_asked_for_and_signs_in(person: Person) -> None:
    key = SoftKey(handle=_handle(person.user))
    person.gives_the_password()
    person.confirms()
    page = "/accounts/2fa/webauthn/add/"
    assert person.client.get(page).status_code == 200
    answer = sent(key.added(person.challenge()))
    assert person.client.post(page, {"name": "Mine", "credential": answer}).status_code == 302
    assert Authenticator.objects.filter(user=person.user, type="webauthn").count() == 1
    assert person.client.get("/accounts/2fa/webauthn/").status_code == 200

    again = "/accounts/2fa/webauthn/reauthenticate/"
    assert person.client.get(again).status_code == 200
    answer = sent(key.asserted(person.challenge()))
    assert person.client.post(again, {"credential": answer}).status_code == 302

    other = Person(person.user)
    other.gives_the_password()
    assert other.client.get("/accounts/2fa/authenticate/").status_code == 200
    answer = sent(key.asserted(other.challenge()))
    assert (
        other.client.post("/accounts/2fa/authenticate/", {"credential": answer})["Location"] == "/"
    )
    assert other.client.get("/people/").status_code == 200

    third = Person(person.user)
    third.client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    answer = sent(key.asserted(third.challenge()))
    third.client.post("/accounts/2fa/webauthn/login/", {"credential": answer})
    assert third.client.get("/people/").status_code == 200


def _handle(user: User) -> str:
    from allauth.account.utils import user_pk_to_url_str

    return str(user_pk_to_url_str(user))


FEW = forged()[::23]


@override_settings(**_QUICK)
@pytest.mark.parametrize("language", ["en", "ht"])
def test_forged_answers_get_the_ordinary_refusal(person: Person, language: str) -> None:
    """At each of the four places where one is asked for; nothing is added, nobody comes in."""
    anybody = Person(person.user)
    anybody.client.cookies["konbit_language"] = language
    anybody.client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    person.client.cookies["konbit_language"] = language
    person.gives_the_password()
    person.confirms()
    Authenticator.objects.create(
        user=person.user, type="webauthn", data={"name": "m", "credential": ADDED}
    )
    second = Person(person.user)
    second.client.cookies["konbit_language"] = language
    second.gives_the_password()
    refusal = "did not answer as it should" if language == "en" else "pa reponn jan sa dwe fèt"
    for text in [*FEW, sent(ADDED), sent(ASSERTED)]:
        for client, page in (
            (anybody.client, "/accounts/2fa/webauthn/login/"),
            (second.client, "/accounts/2fa/authenticate/"),
            (person.client, "/accounts/2fa/webauthn/reauthenticate/"),
            (person.client, "/accounts/2fa/webauthn/add/"),
        ):
            cache.clear()
            done = client.post(page, {"credential": text}, follow=True)
            assert done.status_code == 200, (page, text[:300])
            assert done.request["PATH_INFO"] == ("/accounts/login/" if "/login/" in page else page)
            if text.startswith("{") and "\0" not in text:
                assert refusal in done.content.decode(), (page, text[:300])
    assert anybody.client.get("/people/").status_code == 302
    assert second.client.get("/people/").status_code == 302
    assert Authenticator.objects.filter(user=person.user).count() == 1
