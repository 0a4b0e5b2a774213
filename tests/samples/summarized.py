"""An article and an invoice to summarize, and their summaries."""

from pathlib import Path
from typing import Any

from axelered_box.domain.documents import Document
from axelered_box.domain.modules import Progress
from axelered_box.modules.summarize import MODULE
from tests.unit.written import Answering, message

ARTICLE = """
# Effects of evening light on the sleep of shift workers

Anna Author, University of Somewhere, 12 Example Street

## 1. Introduction

Shift workers sleep badly after late shifts in bright halls. Many causes of bad sleep have been discussed for decades.
The aim of this study was to test whether dim evening light improves the sleep of shift workers. However, earlier
studies were small [3, 4].

## 2. Methods

We enrolled 84 shift workers of two factories and dimmed the hall light of one factory for six weeks. Sleep was
measured with a wrist device every night. Ethical approval was obtained from the ethics committee.

## 3. Results

Shift workers under dim light slept 41 minutes longer than those under bright light (Table 1). This was significant.
There was no difference in accidents between the factories. The number of naps fell from 2.1 to 1.3 a week.

## 4. Conclusion

In conclusion, dim evening light improved the sleep of shift workers without more accidents. Factories should
consider dimming their light in late shifts.

## Acknowledgements

We thank the shift workers of both factories for the sleep that they lost for this study of evening light.

## References

- A. Author, “Evening light and the sleep of shift workers,” Journal of Sleep, vol. 3, pp. 12-19, 2011.
"""


INVOICE = """
# Rechnung Nr. 4711 vom 3. März 2025

| Verkäufer | |
| Name: | Blau Software GmbH |
| Anschrift: | Ringstraße 4, Köln |

| Pos | Beschreibung | Menge | Betrag |
| 1 | Lizenz | 2 | 840,00 |
| 2 | Wartung | 1 | 160,00 |

| Nettobetrag | 1.000,00 EUR |
| Umsatzsteuer 19 % | 190,00 EUR |
| Zahlbetrag | 1.190,00 EUR |

Fällig am: 17.03.2025
"""


def summarize(folder: Path, written: Document, model: Answering | None = None, **options: Any) -> dict[str, Any]:
    """Return the result of a document's summary."""
    assert MODULE.run is not None
    told = message(folder, written, "summarize", options)
    result = MODULE.run(told, folder, Progress(lambda _: None), model or Answering("tiny-135M")).result
    assert result is not None
    return result


def words(result: dict[str, Any]) -> int:
    return len(result["summary"].split())
