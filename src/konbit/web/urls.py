"""Addresses of the pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from konbit.web.api.service import service
from konbit.web.bridge import addresses
from konbit.web.history import views as history
from konbit.web.imports import history as proposed
from konbit.web.imports import views as imports
from konbit.web.ledger import arrears, doing, standing
from konbit.web.ledger import views as ledger
from konbit.web.mandates.follow_views import feed
from konbit.web.people import hosting
from konbit.web.people import views as people
from konbit.web.people.sign_in_views import confirm_by_key
from konbit.web.plans import views as plans
from konbit.web.pledges import looking
from konbit.web.pledges import views as pledges
from konbit.web.site import approving, errors, reminded
from konbit.web.site import views as site
from konbit.web.transparency import checking
from konbit.web.transparency import views as transparency

addresses.register()

_mission: list[URLPattern | URLResolver] = [
    path("", site.mission, name="mission"),
    path("export.zip", site.export, name="export"),
    path("tables/", include("konbit.web.tables.urls")),
    path("comment/<str:table>/<path:key>", history.say, name="comment"),
    path("import/", imports.files, name="imports"),
    path("import/<int:number>/", imports.file, name="import"),
    path("import/<int:number>/store", imports.store, name="import_store"),
    path("history/", history.changes, name="changes"),
    path("history/<int:number>/", proposed.change, name="change"),
    path("approvals/", approving.approvals, name="approvals"),
    path("approvals/<int:number>/", proposed.decide, name="decide"),
    path("people/", people.in_this_mission, name="mission_people"),
    path("mandate/", include("konbit.web.mandates.urls")),
    path("pledges/", pledges.pledges, name="pledges"),
    path("pledges/preview/<int:number>/", looking.preview, name="preview"),
    path("reminders/", reminded.reminded, name="reminders"),
    path("pledges/<str:table>/<path:key>/", pledges.pledge, name="pledge"),
    path("papers/file/<str:digest>", pledges.paper, name="paper"),
    path("papers/<str:table>/<path:key>/", pledges.papers, name="papers"),
    path("funds/", ledger.funds, name="ledger_funds"),
    path("funds/open", doing.open_one, name="ledger_open"),
    path("funds/<code:code>/", ledger.fund, name="ledger_fund"),
    path("funds/<code:code>/statement", ledger.statement_page, name="ledger_statement"),
    path(
        "funds/<code:code>/statement.<str:form>",
        ledger.statement_page,
        name="ledger_statement_file",
    ),
    path("funds/<code:code>/contributions", standing.contributions, name="ledger_contributions"),
    path("funds/<code:code>/claims", standing.claims, name="ledger_claims"),
    path("funds/<code:code>/arrears", arrears.arrears, name="ledger_arrears"),
    path("funds/<code:code>/arrears.xlsx", arrears.workbook, name="ledger_arrears_file"),
    path("funds/<code:code>/arrears/take", arrears.take, name="ledger_arrears_take"),
    path("funds/<code:code>/journal", ledger.journal, name="ledger_journal"),
    path("funds/<code:code>/enter/<str:kind>", doing.enter, name="ledger_enter"),
    path("funds/<code:code>/allot", doing.allot, name="ledger_allot"),
    path("funds/<code:code>/banks/", include("konbit.web.ledger.banks.urls")),
    path("funds/<code:code>/decide/<int:number>", doing.decide, name="ledger_decide"),
    path("plans/", plans.plans, name="plans"),
    path("plans/freeze", plans.freeze_now, name="freeze"),
    path("plans/revision/<str:digest>/", plans.revision, name="revision"),
    path("plans/revision/<str:digest>/dossier.zip", plans.revision_archive, name="dossier_zip"),
    path("plans/<int:number>/", plans.run, name="run"),
    path("plans/<int:number>/approve", plans.approve, name="run_approve"),
    path("plans/<int:number>/again", plans.again, name="run_again"),
    path("plans/<int:number>/brief", plans.brief, name="run_brief"),
    path("plans/<int:number>/plan.zip", plans.plan_archive, name="plan_zip"),
    path("plans/<int:number>/beside/<int:other>/", plans.compare, name="compare"),
]

# Of a log: where its name says it is, for whoever may look at it.
_log: list[URLPattern | URLResolver] = [
    path("", transparency.log, name="log"),
    path("checkpoint", transparency.checkpoint, name="log_newest"),
    path("checkpoint/<int:size>", transparency.checkpoint, name="log_checkpoint"),
    path("checkpoint/<int:size>/cosign", transparency.cosigned, name="log_cosign"),
    path("keys", transparency.keys, name="log_keys"),
    path("inclusion/<int:index>/<int:size>", transparency.inclusion, name="log_inclusion"),
    path("consistency/<int:old>/<int:new>", transparency.consistency, name="log_consistency"),
    path("receipt", transparency.receipt_asked, name="log_receipt_asked"),
    path("receipt/<int:sequence>", transparency.receipt, name="log_receipt"),
    path("export.zip", transparency.export, name="log_export"),
    path("witness", transparency.witness, name="log_witness"),
    path("publish", transparency.open_to_all, name="log_publish"),
    path("sign", transparency.sign_now, name="log_sign"),
]

# An address is proven by the invitation sent to it, and is not the holder's to change: pages of
# the library for that are none here.
_closed = [
    path("accounts/email/", errors.no_such_page),
    path("accounts/confirm-email/", errors.no_such_page),
    path("accounts/confirm-email/<path:key>", errors.no_such_page),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", site.home, name="home"),
    path("language", site.language, name="language"),
    path("health/live", site.live, name="live"),
    path("health/ready", site.ready, name="ready"),
    *_closed,
    path("accounts/2fa/webauthn/reauthenticate/", confirm_by_key),
    path("accounts/", include("allauth.urls")),
    path("second-factor", people.second_factor, name="second_factor"),
    path("people/", people.people, name="people"),
    path("people/invite", people.invite, name="invite"),
    path("people/token", people.token, name="token"),
    path("people/missions", hosting.missions, name="missions"),
    path("people/change", people.change, name="people_change"),
    path("invitation/<str:secret>/", people.invitation, name="invitation"),
    path("m/<str:mission>/", include(_mission)),
    path("calendar/<str:secret>.ics", feed, name="feed"),
    path("receipt", checking.check, name="receipt_check"),
    path("ledger/<str:mission>/<code:fund>/", include(_log)),
    path("api/v1/", service.urls),
]

handler400 = "konbit.web.site.errors.bad_request"
handler403 = "konbit.web.site.errors.forbidden"
handler404 = "konbit.web.site.errors.not_found"
handler500 = "konbit.web.site.errors.fault"
