from django.apps import AppConfig


class IngestConfig(AppConfig):
    """The room of ingestion: no tables of its own, but the search follows what happens to documents."""

    name = "merida.exchange.ingest"
    label = "ingest"

    def ready(self) -> None:
        """Listen to the change log."""
        from merida.exchange.ingest.following import connect  # noqa: PLC0415 (models are ready only now)

        connect()
