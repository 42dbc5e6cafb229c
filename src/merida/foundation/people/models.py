"""Who uses merida: an account and its one role."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a signed-in person may do; each role holds what the one before it holds."""

    READER = "READER", _("Reader")
    CURATOR = "CURATOR", _("Curator")
    SECRETARIAT = "SECRETARIAT", _("Secretariat")
    ADMINISTRATOR = "ADMINISTRATOR", _("Administrator")


class UserManager(BaseUserManager["User"]):
    """Creates accounts by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account; without a password it cannot sign in until one is set."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with an account. People are named by their e-mail address to the system, by ``full_name`` to others."""

    classified = "secret"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("name"), max_length=200, blank=True, default="")
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.READER)
    language = models.CharField(_("preferred language"), max_length=10, default="en")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="people_user_role_known"),
            models.UniqueConstraint(Lower("email"), name="people_user_email_once"),  # Ana@… and ana@… are one
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        """Return the name to show."""
        return str(self)
