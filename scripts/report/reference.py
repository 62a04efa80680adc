#!/usr/bin/env python3
"""Makes the DOCX that pandoc takes its styles from:  reference.py OUTPUT

It is pandoc's own, with the font and colours of the PDF, on A4, and with lines in tables.
"""

import re
import subprocess
import sys
import zipfile
from io import BytesIO

FONT = "Palatino Linotype"
LINES = (
    '<w:tblBorders><w:top w:val="single" w:sz="8" w:color="333333"/><w:bottom w:val="single" w:sz="8" w:color="333333"/>'
    '<w:insideH w:val="single" w:sz="2" w:color="DDDDDD"/></w:tblBorders>'
)

SMALL = '<w:pPr><w:keepNext/></w:pPr><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>'
PAGE = (
    b'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1250" w:right="1360" w:bottom="1360" w:left="1360" '
    b'w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
)


def restyled(styles):
    """The styles with one font, black headings, smaller tables with lines, and captions that stay with what follows."""
    styles = re.sub(r'<w:rFonts [^>]*w:asciiTheme[^>]*/>',
                    f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>', styles)
    styles = re.sub(r'<w:color w:val="(4F81BD|345A8A|2E74B5|1F3763|2F5496)"[^>]*/>', '<w:color w:val="1A1A1A"/>', styles)
    table = re.search(r'<w:style [^>]*w:styleId="Table".*?</w:style>', styles, re.S)
    caption = re.search(r'<w:style [^>]*w:styleId="TableCaption".*?</w:style>', styles, re.S)
    if table is None or caption is None:
        raise SystemExit("pandoc's reference.docx has no style Table or TableCaption; this is for another pandoc")
    styles = styles.replace(table.group(), table.group().replace("<w:tblPr>", SMALL + "<w:tblPr>" + LINES, 1))
    if "<w:keepNext" not in caption.group():
        raise SystemExit("pandoc's table captions no longer stay with their tables; mend reference.py")
    return styles


def main(output):
    command = ["pandoc", "--print-default-data-file", "reference.docx"]
    original = subprocess.run(command, check=True, capture_output=True).stdout
    with zipfile.ZipFile(BytesIO(original)) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "word/styles.xml":
                content = restyled(content.decode()).encode()
            if entry.filename == "word/document.xml":
                content = re.sub(rb"<w:sectPr\s*/>|<w:sectPr>.*?</w:sectPr>", PAGE, content, flags=re.S)
                if PAGE not in content:
                    raise SystemExit("pandoc's reference.docx has no page to set to A4; this is for another pandoc")
            made.writestr(entry, content)


if __name__ == "__main__":
    main(sys.argv[1])
