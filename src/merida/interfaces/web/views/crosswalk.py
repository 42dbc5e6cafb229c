"""The crosswalk for everybody: all standards, two held against each other, one clause, one mapping, the file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from merida.foundation.access.actors import actor_of
from merida.foundation.access.permissions import Deed, may
from merida.foundation.changes.actions import reference_to
from merida.foundation.changes.queries import history
from merida.foundation.sources.languages import text_in
from merida.interfaces.web import exports
from merida.interfaces.web.pieces import Cell, Column, Fact, Link, Table
from merida.interfaces.web.templatetags.words import moment
from merida.interfaces.web.views import crosswalk_pieces as pieces
from merida.interfaces.web.views.answering import answer
from merida.interfaces.web.views.crosswalk_words import kinds_in_words, what_was_done
from merida.interfaces.web.views.freshness import public_page
from merida.interfaces.web.views.listing import language, numbered_page, pages_of
from merida.interfaces.web.views.naming import citation_of, in_reader_language
from merida.interfaces.web.views.provision_pieces import way
from merida.knowledge.crosswalk import queries
from merida.knowledge.crosswalk.exchanging import as_sssom
from merida.knowledge.crosswalk.models import Mapping, MappingStatus, Standard
from merida.rules.crosswalk.relations import Relation

SHOWN = frozenset({"RECORD_MAPPING", "CORRECT_MAPPING", "REVIEW_MAPPING", "RETIRE_MAPPING", "DECIDE_DISPUTE"})


def top() -> Link:
    """Return the way to the first page, for breadcrumbs."""
    return Link(_("Crosswalk"), reverse("crosswalk"))


@public_page
def crosswalk(request: HttpRequest) -> HttpResponse:
    """Show what is compared with what; ``?one=…&other=…`` leads to two of them."""
    standards = list(queries.standards())
    slugs = {one.slug for one in standards}
    one, other = request.GET.get("one", ""), request.GET.get("other", "")
    if one in slugs and other in slugs:
        return redirect("crosswalk_between", one, other)
    counts, by_status = queries.counts_between(), queries.status_counts()
    retired = by_status.get(MappingStatus.RETIRED, 0)
    context = {
        "heat": pieces.standards_heat(standards, counts),
        "standards": [(each.slug, pieces.short_of(each), pieces.name_of(each)) for each in standards],
        "count": sum(by_status.values()) - retired,
        "agreed": by_status.get(MappingStatus.COMPLETE, 0),
        "may_curate_crosswalk": may(actor_of(request.user), Deed.CONFIRM),
        "listed": _standards_table(standards, counts),
        "breadcrumbs": [Link(_("Crosswalk"))],
    }
    rows = [{"one": left, "other": right, "mappings": number} for (left, right), number in sorted(counts.items())]
    data = exports.Table(name="crosswalk", columns=("one", "other", "mappings"), rows=lambda: rows)
    return answer(request, "pages/crosswalk.html", context, data=data)


def _standards_table(standards: list[Standard], counts: dict[tuple[str, str], int]) -> Table:
    columns = (Column(_("Short")), Column(_("Name")), Column(_("Kind")), Column(_("Mappings"), numeric=True))
    rows = [
        (
            Cell(pieces.short_of(one)),
            Cell(
                pieces.name_of(one),
                language=_other_language(text_in(one.names, language()).language),
                citation=citation_of(one),
            ),
            Cell(one.get_kind_display()),
            Cell(str(sum(number for (left, _right), number in counts.items() if left == one.code))),
        )
        for one in standards
    ]
    return Table(_("What is compared"), columns, rows)


def _other_language(found: str) -> str:
    return "" if found == language() else found


@public_page
def crosswalk_between(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """Show how the provisions of two standards relate: a table of counts by article, then every mapping."""
    left, right = _standard(one), _standard(other)
    found = queries.mappings_between(left, right)
    relation = request.GET.get("relation", "")
    if relation:
        found = [seen for seen in found if seen.relation == relation]
    title = _("%(one)s against %(other)s") % {"one": pieces.short_of(left), "other": pieces.short_of(right)}
    context = {
        "title": title,
        "names": [pieces.name_of(left), pieces.name_of(right)],
        "count": len(found),
        "drafts": pieces.not_agreed(found),
        "heat": pieces.heat_between(found, _("Mappings by article"), pieces.short_of(left)),
        "groups": pieces.groups_of(found),
        "relations": [Link(str(label), code, current=code == relation) for code, label in _relations()],
        "turned": Link(_("read the other way"), reverse("crosswalk_between", args=[right.slug, left.slug])),
        "breadcrumbs": [top(), Link(title)],
    }
    data = exports.Table(
        name=f"crosswalk-{left.slug}-{right.slug}", columns=pieces.COLUMNS, rows=lambda: pieces.rows_of(found)
    )
    return answer(request, "pages/crosswalk_between.html", context, data=data)


def _relations() -> list[tuple[str, Any]]:
    return list(Mapping._meta.get_field("relation").choices or [])  # noqa: SLF001 (the documented way to fields)


@public_page
def crosswalk_clause(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is mapped to a clause that has no page of its own in the registry."""
    found = queries.clause_by_slug(slug)
    if found is None:
        raise Http404(_("The crosswalk knows no such provision."))
    seen = queries.mappings_of_clause(found)
    title = text_in(found.titles, language())
    facts = [Fact("", pieces.name_of(found.standard), citation=citation_of(found))]
    if found.obligation:
        facts.append(Fact(_("how far it binds:"), found.get_obligation_display(), citation=citation_of(found)))
    if found.provision is not None:
        facts.append(Fact(_("in the treaty:"), found.provision.key, way(found.provision)))
    context = {
        "title": pieces.label_of(found),
        "subtitle": title.text,
        "subtitle_language": _other_language(title.language),
        "facts": facts,
        "table": pieces.see_also_table(seen),
        "drafts": pieces.not_agreed(seen),
        "breadcrumbs": [top(), Link(pieces.label_of(found))],
    }
    data = exports.Table(name=f"crosswalk-{slug}", columns=pieces.COLUMNS, rows=lambda: pieces.rows_of(seen))
    return answer(request, "pages/crosswalk_clause.html", context, data=data)


@public_page
def crosswalk_mapping(request: HttpRequest, code: str) -> HttpResponse:
    """Show one mapping."""
    return mapping_page(request, asked_mapping(code))


def mapping_page(request: HttpRequest, found: Mapping, **said: Any) -> HttpResponse:
    """Render a mapping's page; ``said`` holds the forms of those who may change it."""
    actor, there = actor_of(request.user), queries.forward(found)
    title = f"{pieces.set_in_words(there.here)} – {pieces.set_in_words(there.there)}"
    differs = text_in(found.differs, language())
    context = {
        "mapping": found,
        "title": title,
        "relation": there.relation_label,
        "differs": differs.text,
        "differs_language": _other_language(differs.language),
        "derived": "" if differs.text else pieces.derived_of(there),
        "is_false_friend": found.relation == Relation.NONE,
        "is_draft": found.status != MappingStatus.COMPLETE,
        "facts": _facts(found, there),
        "disputes": list(queries.disputes_of(actor, found)),
        "history": _history(found),
        "may_curate_crosswalk": may(actor, Deed.CONFIRM),
        "breadcrumbs": [top(), Link(found.code)],
        **said,
    }
    both = [there, queries.backward(found)]
    data = exports.Table(
        name=f"mapping-{found.code.lower()}", columns=pieces.COLUMNS, rows=lambda: pieces.rows_of(both)
    )
    return answer(request, "pages/crosswalk_mapping.html", context, data=data)


def _facts(found: Mapping, there: queries.Seen) -> list[Fact]:
    back = queries.backward(found)
    reviewers = queries.agreeing_reviewers(found)

    def links(clauses: Any) -> tuple[Link, ...]:
        return tuple(
            Link(pieces.label_of(one), pieces.way_to(one), detail=in_reader_language(one.titles)) for one in clauses
        )

    duties = [one.get_obligation_display() or _("not recorded") for one in (there.here[0], there.there[0])]
    facts = [
        Fact(_("First"), links=links(there.here)),
        Fact(_("relates to the second"), there.relation_label),
        Fact(_("Second"), links=links(there.there)),
        Fact(_("relates to the first"), back.relation_label),
        Fact(_("Status"), found.get_status_display(), citation=citation_of(found)),
        Fact(_("Reviewers who agree"), str(reviewers)),
        Fact(_("How sure"), found.get_strength_display()),
        Fact(_("Rests on"), found.get_rationale_display()),
        Fact(_("Holds for questions about"), kinds_in_words(found.kinds)),
        Fact(_("From an answer about the first, at the second"), pieces.reuse_in_words(there.reuse)),
        Fact(_("From an answer about the second, at the first"), pieces.reuse_in_words(back.reuse)),
        Fact(_("Obligation"), " – ".join(duties)),
    ]
    if found.from_date or found.until_date:
        days = [day.isoformat() if day else "…" for day in (found.from_date, found.until_date)]
        facts.append(Fact(_("Holds"), " – ".join(days)))
    return facts


def _history(found: Mapping) -> Table:
    """Return what was done to a mapping, the latest first; no person is named."""
    entries = [one for one in history(reference_to(found)) if one.verb in SHOWN]
    rows = [
        (Cell(moment(one.at)), Cell(what_was_done(one)), Cell(str((one.after or {}).get("reason", ""))))
        for one in reversed(entries)
    ]
    columns = (Column(_("Moment")), Column(_("What")), Column(_("Reason")))
    return Table(_("Changes"), columns, rows, empty=_("Nobody has changed it since it was taken in."))


@public_page
def crosswalk_implied(request: HttpRequest) -> HttpResponse:
    """Show what follows from two mappings where none was recorded; ``?one=`` keeps those of one standard."""
    standards = list(queries.standards())
    one = request.GET.get("one", "")
    chosen = next((each for each in standards if each.slug == one), None)
    found = queries.implied_mappings()
    if chosen:
        found = [each for each in found if chosen.pk in {side[0].standard_id for side in (each.here, each.there)}]
    page = numbered_page(request, found)
    context = {
        "count": len(found),
        "table": pieces.implied_table(list(page.object_list), _("What follows from two mappings")),
        "pages": pages_of(request, page),
        "standards": [(each.slug, pieces.short_of(each), each == chosen) for each in standards],
        "breadcrumbs": [top(), Link(_("What follows from two mappings"))],
    }
    data = exports.Table(
        name="crosswalk-implied", columns=pieces.IMPLIED_COLUMNS, rows=lambda: pieces.implied_rows(found)
    )
    return answer(request, "pages/crosswalk_implied.html", context, data=data)


def crosswalk_file(_request: HttpRequest) -> StreamingHttpResponse:
    """Return all mappings as an SSSOM file."""
    lines = as_sssom(queries.mappings(retired=False), version=timezone.now().date().isoformat())
    response = StreamingHttpResponse(lines, content_type="text/tab-separated-values; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="merida-crosswalk.sssom.tsv"'
    return response


def asked_mapping(code: str) -> Mapping:
    """Return the mapping of an address; 404 otherwise."""
    found = queries.mapping_by_code(code)
    if found is None:
        raise Http404(_("There is no such mapping."))
    return found


def _standard(slug: str) -> Standard:
    found = queries.standard_by_slug(slug)
    if found is None:
        raise Http404(_("The crosswalk knows no such instrument."))
    return found
