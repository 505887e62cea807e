"""What an article tells of a decision is proposed as secondary, each value with its place."""

from __future__ import annotations

from datetime import date

from konbit.mandate import Body, Force, read_article

ARTICLE = """WASHINGTON - Floods in Veridia were before the OAS Permanent Council again on March 12,
2031, and all delegations voted for the text. It answers the Veridian Government\u2019s request of
February 2, 2031. The Council urged the Security Council to open the harbour, encouraged member
states to lend barges, and asked the Secretary General to report back. Relief funds, such as the
Veridia Fund, are invited to pay the crews. A spokesman said the harbour will reopen and demanded
patience.
"""


def test_body_day_vote_and_answered_request_are_told_with_their_places() -> None:
    article = read_article(ARTICLE, "article.txt")
    assert article.is_secondary
    assert article.body is not None
    assert article.body.value is Body.OAS_PERMANENT_COUNCIL
    assert article.decided_on is not None
    assert article.decided_on.value == date(2031, 3, 12)
    at = article.decided_on.at
    assert at is not None
    assert article.text[at.start : at.end].split() == ["March", "12,", "2031"]
    assert article.vote is not None
    assert article.vote.value.manner == "unanimous"
    assert article.request is not None
    assert article.request.on is not None
    assert article.request.on.value == date(2031, 2, 2)
    assert article.request.asker is not None
    assert article.request.asker.value == "the Veridian Government"


def test_appeals_are_told_with_addressee_and_the_words_of_others_are_left_out() -> None:
    acts = read_article(ARTICLE).acts
    told = [
        (act.verb.value, act.force.value, act.addressee.value if act.addressee else None)
        for act in acts
        if act.force.value is not Force.STATEMENT
    ]
    assert told == [
        ("urges", Force.APPEAL, "the Security Council"),
        ("encourages", Force.SOFT, "member states"),
        ("asks", Force.TASK, "the Secretary General"),
        ("invites", Force.SOFT, "Relief funds"),
    ]


def test_an_article_that_tells_nothing_gives_nothing() -> None:
    article = read_article("The sea was calm yesterday. Boats were painted blue in the harbour.")
    values = (article.body, article.symbol, article.decided_on, article.vote, article.request)
    assert values == (None, None, None, None, None)
    assert article.acts == ()
