"""The library's pages of signing in, where what becomes of a mistake is ours to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse


class ConfirmByKey(ReauthenticateWebAuthnView):  # type: ignore[misc] # allauth is not typed
    """A security key once more, before something that matters."""

    def form_invalid(self, form: Form) -> HttpResponse:
        """The page again, with what is wrong and the other ways; the library leads away from it."""
        context = {**self.get_context_data(), "form": form}
        page: HttpResponse = self.render_to_response(context)
        return page


confirm_by_key = ConfirmByKey.as_view()
