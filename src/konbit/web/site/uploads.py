"""Uploads are refused by size before they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


class Limited(FileUploadHandler):
    """Stops reading a request that is larger than any file we take.

    The file is then missing from the request, which says so by its attribute `is_upload_cut`.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._sent: Any = request
        self._bytes = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 - Django's
        """Count, and stop when there is too much."""
        self._bytes += len(raw_data)
        if self._bytes > settings.LARGEST_UPLOAD_BYTES:
            self._sent.is_upload_cut = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:  # noqa: ARG002 - Django's
        """Leave the file to the handlers that follow."""
        return None
