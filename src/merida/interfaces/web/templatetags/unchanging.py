"""Parts of pages that depend on nothing but the language: ``{% unchanging %}…{% endunchanging %}``.

The head and the foot of every page are the same a thousand times a day; each worker makes them once per language.
Inside there is ``{{ language }}`` and no other variable, so that nothing of one reader or page can stand on another's.
"""

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from merida.interfaces.web.languages import content_language

register = template.Library()


class Unchanging(template.Node):
    """The block, with what it came to in each language. Two threads may make it at once: both make the same."""

    def __init__(self, nodes: NodeList) -> None:
        self.nodelist = nodes
        self.made: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """Return the part in the active language, made on first use."""
        language = get_language()
        if language not in self.made:
            self.made[language] = self.nodelist.render(context.new({"language": content_language()}))
        return self.made[language]


@register.tag
def unchanging(parser: Parser, token: Token) -> Unchanging:  # noqa: ARG001 (the tag takes nothing)
    """Read the block up to its end."""
    nodes = parser.parse(("endunchanging",))
    parser.delete_first_token()
    return Unchanging(nodes)
