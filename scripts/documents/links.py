"""Links between the pages of the repository."""

import os
import re


def anchors(text):
    """What the headings of a page are called in links, as GitHub makes it: small letters, hyphens for spaces."""
    found = set()
    for line in re.sub(r"^```.*?^```", "", text, flags=re.S | re.M).split("\n"):
        if match := re.match(r"#+ (.*)", line):
            heading = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", match.group(1)).replace("`", "").replace("*", "").lower()
            found.add(re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading)))
    return found


def broken(root, name, text):
    """The links of a page that lead nowhere, each with its line. Addresses of the web are not looked at."""
    problems = []
    for number, line in enumerate(text.split("\n"), start=1):
        for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", line)):
            path, _, anchor = target.partition("#")
            if re.match(r"[a-z]+:|\.\./\.\./actions/", target):
                continue
            file = root / os.path.normpath(os.path.join(os.path.dirname(name), path)) if path else root / name
            if not file.exists():
                problems.append(f"{name}:{number}: the link to {target} leads to no file")
            elif anchor and file.suffix == ".md" and anchor not in anchors(file.read_text(encoding="utf-8")):
                problems.append(f"{name}:{number}: the link to {target} leads to no heading")
    return problems


def unlisted(root, text):
    """The pages in docs that the index, whose text is given, has no link to."""
    pages = {file.name for file in (root / "docs").glob("*.md")} - {"index.md"}
    return sorted(pages - set(re.findall(r"\]\(([\w.-]+\.md)", text)))
