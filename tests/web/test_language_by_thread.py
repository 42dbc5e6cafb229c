"""A reader's language holds in the thread that answers, and nowhere else."""

import threading

from django.apps import apps
from django.utils.translation import get_language, gettext, override, trans_real


def test_the_language_of_one_reader_is_not_that_of_another():
    begun, seen = threading.Barrier(2, timeout=10), {}

    def answer(language):
        with override(language):
            begun.wait()
            seen[language] = (get_language(), gettext("Treaties"))
            begun.wait()

    workers = [threading.Thread(target=answer, args=[language]) for language in ("fr", "es")]
    with override("ar"):
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        here = get_language()

    assert (seen, here) == ({"fr": ("fr", "Traités"), "es": ("es", "Tratados")}, "ar")


def test_a_thread_that_chose_no_language_speaks_that_of_the_settings():
    seen = []
    with override("zh-hans"):
        other = threading.Thread(target=lambda: seen.append(get_language()))
        other.start()
        other.join()

    assert seen == ["en"]


def test_a_language_lies_where_python_finds_it_at_once(monkeypatch):
    monkeypatch.setattr(trans_real, "_active", object())
    apps.get_app_config("web").ready()
    assert type(trans_real._active) is threading.local
