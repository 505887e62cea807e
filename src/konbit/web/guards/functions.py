"""Functions of the database that say whose session it is and what that user may do."""

from __future__ import annotations

_FUNCTION = (
    "CREATE OR REPLACE FUNCTION {name} RETURNS {returns} "
    "LANGUAGE sql STABLE {safety} AS $$ {body} $$"
)
_AS_OWNER = "SECURITY DEFINER SET search_path = public, pg_temp"


# A plan of its own, kept by the session: what every page and posting asks is planned once.
_PLANNED = (
    "CREATE OR REPLACE FUNCTION {name} RETURNS {returns} "
    "LANGUAGE plpgsql STABLE {safety} AS $$ BEGIN RETURN QUERY {body}; END $$"
)


def _function(
    name: str, returns: str, body: str, *, as_owner: bool = True, as_planned: bool = False
) -> str:
    return (_PLANNED if as_planned else _FUNCTION).format(
        name=name,
        returns=returns,
        body=" ".join(body.split()),
        safety=_AS_OWNER if as_owner else "",
    )


# A role counts as long as the mission's host lets the holder's organisation give it.
_HELD = """people_assignment a JOIN people_user u ON u.id = a.user_id
    JOIN people_participation p ON p.mission_id = a.mission_id
    AND p.organisation_id = u.organisation_id AND a.role = ANY (p.roles)"""

FUNCTIONS: tuple[str, ...] = (
    # The user in whose name this session asks; none for nobody.
    _function(
        "konbit_user()",
        "bigint",
        "SELECT nullif(current_setting('konbit.user', true), '')::bigint",
        as_owner=False,
    ),
    # Missions that the user may read.
    _function(
        "konbit_reads()",
        "SETOF bigint",
        f"""SELECT a.mission_id FROM {_HELD}
           WHERE a.user_id = konbit_user() AND u.is_active AND a.ended_at IS NULL""",
        as_planned=True,
    ),
    # Whether a user holds one of these roles in a mission.
    _function(
        "konbit_holds(who bigint, place bigint, wanted text[])",
        "boolean",
        f"""SELECT EXISTS (SELECT FROM {_HELD}
           WHERE a.user_id = who AND u.is_active AND a.mission_id = place
           AND a.ended_at IS NULL AND a.role = ANY (wanted))""",
    ),
    # Whether the user administers an organisation.
    _function(
        "konbit_administers(place bigint)",
        "boolean",
        """SELECT EXISTS (SELECT FROM people_assignment a JOIN people_user u ON u.id = a.user_id
           WHERE a.user_id = konbit_user() AND u.is_active AND u.organisation_id = place
           AND a.ended_at IS NULL AND a.role = 'administrator')""",
    ),
    # Changes of this very transaction whose author holds one of these roles.
    _function(
        "konbit_changes(wanted text[])",
        "TABLE (mission_id bigint, id bigint)",
        """SELECT c.mission_id, c.id FROM history_change c
           WHERE c.transaction = txid_current() AND konbit_holds(c.by_id, c.mission_id, wanted)""",
    ),
    # Of these, those that a second person approved.
    _function(
        "konbit_seconded()",
        "SETOF bigint",
        """SELECT c.id FROM history_change c
           WHERE c.transaction = txid_current() AND c.second_id = konbit_user()""",
    ),
    # Code by which a mission's tables name the organisation of a change's author.
    _function(
        "konbit_own_code(change bigint)",
        "text",
        """SELECT nullif(p.own_code, '') FROM history_change c
           JOIN people_user u ON u.id = c.by_id
           JOIN people_participation p
           ON p.organisation_id = u.organisation_id AND p.mission_id = c.mission_id
           WHERE c.id = change""",
    ),
    # Who is meant by a name, in small letters, without article and "the Government of".
    _function(
        "konbit_plain_name(said text)",
        "text",
        r"""SELECT regexp_replace(lower(btrim(replace(said, chr(8217), chr(39)))),
           '^(?:the |le |la |les |el |los |las |al |à |au |aux |a )*(?:l[^a-zà-ÿ ])?'
           || '(?:(?:governments?|authorities|gouvernements?|autorités|gobiernos?|autoridades) '
           || '(?:of |de |du |des |del |d[^a-zà-ÿ ])(?:the |la |le |les |el |los )?)?', '')""",
    ),
    # Whether an organisation answers for a follow-up: as its owner, or addressed by its paragraph
    # under its code or name, or as its government, alone or in a list.
    _function(
        "konbit_answers_for(place bigint, own text, owner text, asked text)",
        "boolean",
        r"""SELECT coalesce(own <> '' AND (owner = own OR EXISTS (
           SELECT FROM tables_paragraphs p, unnest(ARRAY[own, (
               SELECT o.title FROM tables_organisations o WHERE o.row_mission_id = place
               AND o.row_key = own AND o.row_closed_id IS NULL)]) AS called,
           LATERAL (SELECT regexp_split_to_table(p.addressee, '\s*;\s*') UNION
               SELECT regexp_split_to_table(p.addressee,
                   '\s*;\s*|\s*,\s*(?:(?:and|et|y)\s+)?|\s+(?:and|et|y)\s+')) AS said(name)
           WHERE p.row_mission_id = place AND p.row_key = asked AND p.row_closed_id IS NULL
           AND called <> '' AND konbit_plain_name(called) = konbit_plain_name(said.name)
           )), false)""",
    ),
    # Whose calendar an address is, and of which mission, by the digest of its secret.
    _function(
        "konbit_feed(known text)",
        "TABLE (who bigint, place bigint)",
        """SELECT f.user_id, f.mission_id FROM mandates_feed f
           WHERE f.digest = known AND f.revoked_at IS NULL""",
    ),
    # Whether an administrator of an organisation may give a role in a mission.
    _function(
        "konbit_may_give(who bigint, place bigint, given text)",
        "boolean",
        """SELECT EXISTS (SELECT FROM people_user u WHERE u.id = who
           AND konbit_administers(u.organisation_id)
           AND ((place IS NULL AND given = 'administrator') OR EXISTS (
           SELECT FROM people_participation p WHERE p.mission_id = place
           AND p.organisation_id = u.organisation_id AND given = ANY (p.roles))))""",
    ),
)
