# ruff: noqa: INP001, T201
"""Write ``data/schema.sql``, from which a new SQLite database is made at once, anew from the migrations.

    python tools/schema.py

To be run whenever a migration was added or changed; a test says when it was forgotten.
"""

import os
import sys
import tempfile
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[1] / "src"
sys.path.insert(0, str(SOURCES))


def main() -> None:
    """Migrate an empty database and describe it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"MERIDA_DATA": folder, "DJANGO_SETTINGS_MODULE": "merida.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django  # noqa: PLC0415 (settings are read from the environment)
        from django.core.management import call_command  # noqa: PLC0415

        django.setup()
        from merida.interfaces.commands.fresh_database import described  # noqa: PLC0415

        call_command("migrate", interactive=False, verbosity=0)
        place = SOURCES / "merida" / "data" / "schema.sql"
        place.write_text(described(), encoding="utf-8")
        print(f"{place.relative_to(SOURCES.parent)}: {place.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
