"""Reading accounts."""

from allauth.mfa.models import Authenticator

from merida.foundation.people.models import Role, User

MORE_THAN_READING = frozenset(Role.values) - {Role.READER.value}


def account_by_email(email: str) -> User | None:
    """Return the account of an e-mail address, however it is capitalised."""
    return User.objects.filter(email__iexact=email.strip()).first()


def has_second_factor(user: User) -> bool:
    """Whether the person has set up an authenticator app; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists())


def second_factor_missing(user: User) -> bool:
    """Whether the person's role asks for a second factor that is not set up."""
    return user.role in MORE_THAN_READING and not has_second_factor(user)
