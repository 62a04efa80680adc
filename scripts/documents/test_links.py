#!/usr/bin/env python3
"""Tests of the links between pages:  python3 scripts/documents/test_links.py"""

import tempfile
import unittest
from pathlib import Path

from links import anchors, broken, unlisted


class Links(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)
        (self.root / "docs").mkdir()
        (self.root / "docs/a.md").write_text("# One `two`, three\n```\n# no heading\n```\n")
        (self.root / "docs/index.md").write_text("[a](a.md)")

    def tearDown(self):
        self.folder.cleanup()

    def test_headings_become_anchors(self):
        self.assertEqual(anchors("# One `two`, three\n```\n# no\n```\n## [Four](x)\n"), {"one-two-three", "four"})

    def test_links_that_lead_somewhere(self):
        for text in ("[a](docs/a.md)", "[a](docs/a.md#one-two-three)", "[w](https://example.org/x)", "`[x](y)`"):
            self.assertEqual(broken(self.root, "README.md", text), [])

    def test_links_that_lead_nowhere(self):
        self.assertEqual(broken(self.root, "docs/index.md", "\n[b](b.md)"),
                         ["docs/index.md:2: the link to b.md leads to no file"])
        self.assertEqual(broken(self.root, "docs/index.md", "[a](a.md#four)"),
                         ["docs/index.md:1: the link to a.md#four leads to no heading"])

    def test_a_page_that_the_index_lacks(self):
        self.assertEqual(unlisted(self.root, "[a](a.md)"), [])
        self.assertEqual(unlisted(self.root, "[b](../b.md)"), ["a.md"])


if __name__ == "__main__":
    unittest.main(verbosity=0)
