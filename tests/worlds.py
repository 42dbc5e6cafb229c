"""Worlds for tests about who sees what: something that could leak, and somebody of every role who might see it."""

import hashlib
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, hotp_value

from merida.foundation.access.actors import actor_of
from merida.foundation.access.models import Audience, Workspace, WorkspaceMembership
from merida.foundation.access.visibility import ANYBODY, Actor
from merida.foundation.files.models import StoredFile
from merida.foundation.people.models import Role, User
from merida.knowledge.documents.models import Document, Heading, Mention, MentionKind, Paragraph, Version

PASSWORD = "correct horse 4 battery"
SECRET_WORD = "zarzuelaquince"  # stands in the restricted document and nowhere else
DRAFT_WORD = "murmuradieciocho"  # stands in the draft and nowhere else
PUBLIC_WORD = "amberlight"
SECRET_STATE = "NRU"  # named in the restricted document and nowhere else
DRAFT_STATE = "TUV"  # named in the draft and nowhere else
PUBLIC_STATE = "GHA"
TOTP_SECRET = "JBSWY3DPEHPK3PXP"
AT = datetime(2020, 2, 1, tzinfo=UTC)


@dataclass
class World:
    """One account per role, a workspace with one member, and a document for each thing that may be seen or not."""

    reader: User
    curator: User
    secretariat: User
    administrator: User
    member: User  # a reader who belongs to the workspace
    unenrolled_curator: User  # a curator without a second factor: reads as a reader
    workspace: Workspace
    public: Document
    draft: Document
    restricted: Document
    restricted_draft: Document
    actors: dict[str, Actor] = field(default_factory=dict)

    def people(self) -> dict[str, User | None]:
        """Return every kind of visitor by name; None is somebody not signed in."""
        names = ("reader", "member", "unenrolled_curator", "curator", "secretariat", "administrator")
        return {"anybody": None, **{name: getattr(self, name) for name in names}}


# Which documents of the world each visitor sees: written by hand, from the rule in words.
SEEN = {
    "anybody": {"public"},
    "reader": {"public"},
    "member": {"public", "restricted"},
    "unenrolled_curator": {"public"},
    "curator": {"public", "draft"},
    "secretariat": {"public", "draft", "restricted", "restricted_draft"},
    "administrator": {"public", "draft", "restricted", "restricted_draft"},
}


def make_person(name: str, role: str = Role.READER, *, second_factor: bool | None = None) -> User:
    """Make an account ``name@example.org``; roles above reader get a second factor unless told otherwise."""
    email = f"{name}@example.org"
    user = User.objects.create_user(email, PASSWORD, role=role, full_name=name.replace("_", " ").title())
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if second_factor if second_factor is not None else role != Role.READER:
        TOTP.activate(user, TOTP_SECRET)
    return user


def digits_now(secret: str = TOTP_SECRET) -> str:
    """Return the six digits that an authenticator app shows for ``secret``."""
    return f"{hotp_value(secret, int(time.time()) // 30):06d}"


def make_workspace(code: str = "review-sample") -> Workspace:
    return Workspace.objects.create(code=code, title=f"Workspace {code}")


def make_document(  # a document has many parts, each with a default
    slug: str,
    *,
    text: str,
    state: str = "",
    language: str = "en",
    audience: str = Audience.PUBLIC,
    workspace: Workspace | None = None,
    published: bool = True,
    **fields: Any,
) -> Document:
    """Make a document of one heading and one paragraph that says ``text`` and names ``state`` once."""
    document = Document.objects.create(
        slug=slug,
        symbol=f"SAMPLE/{slug.upper()}",
        document_date=date(2020, 1, 15),
        titles={language: f"Title of {slug}: {text.split(maxsplit=1)[0]}"},
        audience=audience,
        workspace=workspace,
        published_at=AT if published else None,
        **fields,
    )
    digest = hashlib.sha256(slug.encode()).hexdigest()
    file = StoredFile.objects.create(digest=digest, size=len(text), media_type="text/plain", name=f"{slug}.txt")
    version = Version.objects.create(
        document=document, language=language, file=file, text_digest=digest, reader="test", paragraph_count=1
    )
    heading = Heading.objects.create(version=version, position=1, level=1, number="I", title=f"About {text}")
    paragraph = Paragraph.objects.create(version=version, position=2, place="1", heading=heading, text=text)
    if state:
        Mention.objects.create(
            version=version,
            paragraph=paragraph,
            place="1",
            kind=MentionKind.STATE,
            key=state,
            start=0,
            end=len(text.split(maxsplit=1)[0]),
            surface=text.split(maxsplit=1)[0],
            rule="test",
        )
    return document


def make_world() -> World:
    """Make the world. The search index is not filled: whoever tests search does so with its own action."""
    workspace = make_workspace()
    closed = {"audience": Audience.RESTRICTED, "workspace": workspace}
    world = World(
        reader=make_person("reader"),
        curator=make_person("curator", Role.CURATOR),
        secretariat=make_person("secretariat", Role.SECRETARIAT),
        administrator=make_person("administrator", Role.ADMINISTRATOR),
        member=make_person("member"),
        unenrolled_curator=make_person("unenrolled_curator", Role.CURATOR, second_factor=False),
        workspace=workspace,
        public=make_document("public", text=f"{PUBLIC_WORD} shared by Ghana", state=PUBLIC_STATE),
        draft=make_document("draft", text=f"{DRAFT_WORD} not yet out", state=DRAFT_STATE, published=False),
        restricted=make_document("restricted", text=f"{SECRET_WORD} for the room", state=SECRET_STATE, **closed),
        restricted_draft=make_document(
            "restricted-draft", text=f"{SECRET_WORD} in the making", state=SECRET_STATE, published=False, **closed
        ),
    )
    WorkspaceMembership.objects.create(workspace=workspace, user=world.member)
    world.actors = {name: actor_of(user) if user else ANYBODY for name, user in world.people().items()}
    return world
