"""The tags of a file for screens: what machines can check of PDF/UA-1, by another library (pdfua)."""

from pdfua import Severity, validate

from booklet import disk
from booklet.errors import Finding, our_fault


def check_tags(pdf: bytes, name: str) -> list[Finding]:
    """Return what keeps a file from being PDF/UA-1, as far as it can be told without a reader."""
    with disk.room() as folder:
        path = folder / "x.pdf"
        disk.write(path, pdf, folder)
        report = validate(str(path))
    serious = [found for found in report.findings if found.severity >= Severity.WARNING]
    told = (f"{found.rule_id} {found.location.describe()}：{found.message}" for found in serious)
    return [our_fault(name, f"标签不合 PDF/UA-1：{message}") for message in dict.fromkeys(told)]
