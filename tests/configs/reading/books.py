"""Workbooks made for the tests: parts of XLSX and ODS written by hand, so that every byte is known."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"

STYLES = ("General", "yyyy\\-mm\\-dd hh:mm", "dd.mm.yyyy", "h:mm:ss", "[h]:mm:ss", "0.0%", "0000", '0" days"')
"""Number formats of the cells by their style number."""


def zipped(path: Path, parts: dict[str, str | bytes]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def xlsx_parts(sheets: dict[str, str], *, states=(), workbook="", strings=(), after="", prolog="") -> dict[str, str]:
    """Parts of a workbook with the given rows of XML in each sheet."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"{states[i - 1] if states else ""}/>'
        for i, name in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{i}" Type="{OFFICE_REL}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    codes = "".join(
        f'<numFmt numFmtId="{164 + i}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for i, code in enumerate(STYLES)
    )
    styles = "".join(f'<xf numFmtId="{164 + i}"/>' for i in range(len(STYLES)))
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE_REL}"><Relationship Id="rId1" '
        f'Type="{OFFICE_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE_REL}">{workbook}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE_REL}">{relations}'
        f'<Relationship Id="s" Type="{OFFICE_REL}/styles" Target="styles.xml"/>'
        f'<Relationship Id="t" Type="{OFFICE_REL}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(f"<si>{each}</si>" for each in strings)}</sst>',
        **{
            f"xl/worksheets/sheet{i}.xml": f'{prolog}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
            for i, rows in enumerate(sheets.values(), 1)
        },
    }


def xlsx(path: Path, rows: str, **given: object) -> Path:
    """Write a workbook with one sheet called ``Data``."""
    return zipped(path, xlsx_parts({"Data": rows}, **given))  # type: ignore[arg-type]


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def cell(name: str, value: object, style: int | None = None, kind: str | None = None, formula: str = "") -> str:
    attributes = f"{'' if style is None else f' s={chr(34)}{style}{chr(34)}'}{'' if kind is None else f' t={chr(34)}{kind}{chr(34)}'}"
    said = f"<f>{formula}</f>" if formula else ""
    return f'<c r="{name}"{attributes}>{said}{"" if value is None else f"<v>{value}</v>"}</c>'


def text(name: str, words: str) -> str:
    return f'<c r="{name}" t="inlineStr"><is><t>{words}</t></is></c>'


def ods(path: Path, tables: str, *, styles: str = "", mimetype: str = ODS_TYPE, **parts: str) -> Path:
    spaces = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "table", "text", "style"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(path, {"mimetype": mimetype, "content.xml": content, **parts})
