"""The texts of the interface: one table of key to text for each language.

To add a text: write its key into every `.toml` file, at its place in the alphabet.
`{name}` is a placeholder and the same in all languages. A text that depends on a number
is a table of CLDR plural forms (`one`, `other`, ...), chosen by the value `count`.
To add a language: translate a file, and add its row to `feeds.i18n.LOCALES`.
"""

import tomllib
from pathlib import Path

Text = str | dict[str, str]

CATALOGUES: dict[str, dict[str, Text]] = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted(Path(__file__).parent.glob("*.toml"))
}
