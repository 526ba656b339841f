"""Numbers as people read and type them; the minus sign is U+2212."""

import math

_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def number_text(value: float, decimals: int | None = None) -> str:
    """Write a number, with `decimals` digits after the point or as short as possible."""
    text = f"{value:.10g}" if decimals is None else f"{value:.{decimals}f}"
    return text.replace("-", "−")


def signed_text(value: float, decimals: int = 2) -> str:
    """Write a number with its sign, "+2.03" or "−0.82"."""
    return f"{value:+.{decimals}f}".replace("-", "−")


def percent_text(share: float, decimals: int = 1) -> str:
    """Write a share of one in percent, "93.8%"."""
    return number_text(100 * share, decimals) + "%"


def axis_text(value: float, step: float, percent: bool = False) -> str:
    """Write the number at a tick: the digits that the distance of ticks needs, k for 1000."""
    if percent:
        value, step = 100 * value, 100 * step
    if abs(value) >= 1000 and not value % 100:
        return number_text(value / 1000) + "k"
    decimals = max(0, -math.floor(math.log10(step) + 1e-9)) if step else 0
    if round(step, decimals) != round(step, decimals + 2):  # 0.25 needs one digit more than 0.2
        decimals += 1
    return number_text(value, decimals) + ("%" if percent else "")


def parse_number(text: str) -> float | None:
    """Read a number as people type it: comma or point, either minus sign; None if it is none."""
    cleaned = text.strip().replace("−", "-").replace(",", ".").replace(" ", "")
    try:
        value = float(cleaned)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def decade_text(decade: int) -> str:
    """Return ``10⁻⁴``, or 1 and 10."""
    return {0: "1", 1: "10"}.get(decade, "10" + str(decade).translate(_SUPERSCRIPTS))


def size_text(size: float) -> str:
    """Return a size with two digits, small and large ones as ``2.1·10⁻⁵``."""
    if size == 0 or 0.001 <= size < 1000:
        return number_text(float(f"{size:.2g}"))
    mantissa, exponent = f"{size:.1e}".split("e")
    return f"{mantissa}·10{str(int(exponent)).translate(_SUPERSCRIPTS)}"
