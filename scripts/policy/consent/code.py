"""The short code by which terms and records name a service or a purpose: the same as consent_js/code.js makes."""

from policy.errors import PolicyError
from policy.findings import Finding
from policy.inventory.model import Inventory
from policy.inventory.rules.names import PURPOSES, service_file

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def code_number(name: str) -> int:
    """One of 196,613 numbers: a name's UTF-16 units as a polynomial in 40503 (it need not be hard to reverse)."""
    code = 0
    units = name.encode("utf-16-le")
    for low, high in zip(units[::2], units[1::2], strict=True):
        code = (code * 40503 + (high << 8 | low)) % 196613
    return code


def code_text(code: int) -> str:
    """A code as records write it: four digits of base 36."""
    digits = ""
    for _ in range(4):
        code, digit = divmod(code, 36)
        digits = _DIGITS[digit] + digits
    return digits


def service_code(id: str) -> str:
    """The code of a service, such as `1f4k`."""
    return code_text(code_number(id))


def purpose_code(id: str) -> str:
    """The code of a purpose."""
    return code_text(code_number(f"#{id}"))


def one_code_each(inventories: list[Inventory]) -> None:
    """PolicyError where two names that were ever announced share a code: a record could be misread."""
    first: dict[str, str] = {}
    findings = []
    for inventory in inventories:
        named = [(f"#{p.id}", PURPOSES) for p in inventory.purposes]
        named += [(service.id, service_file(service.id)) for service in inventory.services]
        for name, file in named:
            if (other := first.setdefault(code_text(code_number(name)), name)) != name:
                message = f"'{name.lstrip('#')}' has the same short code as '{other.lstrip('#')}'. Give it another id."
                findings.append(Finding(message, f"docs/inventory/{file}"))
    if findings:
        raise PolicyError(list(dict.fromkeys(findings)))
