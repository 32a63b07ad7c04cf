"""The texts of the interface: one table of key to text for each language.

To add a text: write its key into `de.py` and `en.py`, at its place in the alphabet.
`{name}` is a placeholder and the same in all languages. A text that depends on a number
is a dict of CLDR plural forms (`one`, `other`), chosen by the value `count`.
To add a language: copy a table, translate it, add it here and to `feeds.i18n._LOCALES`.
"""

from feeds.catalogues.de import TEXTS as DE
from feeds.catalogues.en import TEXTS as EN

CATALOGUES: dict[str, dict[str, str | dict[str, str]]] = {"de": DE, "en": EN}
