#!/usr/bin/env python3
"""Tests of how documents are read:  python3 scripts/documents/test_pages.py"""

import unittest

from pages import Malformed, blocks, expected, mentioned


class Blocks(unittest.TestCase):
    def test_commands_and_their_output(self):
        block, = blocks("a.md", "text\n```console\n$ one\nout\n$ two \\\n  three\n```\n")
        self.assertEqual([(item.text, item.line, item.output) for item in block.commands],
                         [("one", 3, ["out"]), ("two  three", 5, [])])

    def test_a_text_for_a_command_goes_on(self):
        block, = blocks("a.md", "```console\n$ cat > x <<'END'\n> a\n> END\n$ one\n> shown\n```\n")
        self.assertEqual([(item.text, item.output) for item in block.commands],
                         [("cat > x <<'END'\na\nEND", []), ("one", ["> shown"])])

    def test_every_line_of_sh_is_a_command(self):
        block, = blocks("a.md", "```sh\none\ntwo\n```\n")
        self.assertEqual([item.text for item in block.commands], ["one", "two"])

    def test_what_comments_say(self):
        found = blocks("a.md", "<!-- commands: before\nmkdir x\n-->\n<!-- commands: terminals keep -->\n```sh\na\n```\n"
                               "<!-- commands: elsewhere, needs two machines; see scripts/x.sh -->\n```sh\nb\n```\n"
                               "<!-- commands: numbers exit 1 -->\n\n```sh\nc\n```")
        self.assertEqual(found[0].before, "mkdir x")
        self.assertTrue(found[1].terminals and found[1].keep)
        self.assertEqual((found[2].elsewhere, found[2].covered_by), ("needs two machines", "scripts/x.sh"))
        self.assertEqual((found[3].numbers, found[3].exit), (True, 1))

    def test_what_cannot_be_tested_is_refused(self):
        for text, said in (("<!-- commands: nothing -->\n```sh\na\n```", "a.md:1:.*nothing"),
                           ("<!-- commands: numbers -->\ntext\n", "a.md:2:.*no block behind"),
                           ("<!-- commands: numbers -->\n```json\n{}\n```", "a.md:2:.*something else"),
                           ("<!-- commands: elsewhere, because -->\n```sh\na\n```", "a.md:1:"),
                           ("```console\nout\n$ a\n```", "a.md:2: output before"),
                           ("```\n$ a\n```", "a.md:1:.*look like commands"),
                           ("```console\n$ a\n", "a.md:1:.*no end")):
            with self.assertRaisesRegex(Malformed, said):
                blocks("a.md", text)

    def test_commands_and_scripts_in_the_text_are_found(self):
        told, paths = mentioned("Type `gotorrent run --x` or\n$ gotorrent get y\n`gotorrent` and `scripts/z.sh`.\n")
        self.assertEqual(told, [(1, "gotorrent run --x"), (2, "gotorrent get y")])
        self.assertEqual(paths, [(3, "scripts/z.sh")])


class Output(unittest.TestCase):
    def matches(self, shown, actual, numbers=False):
        return expected(shown, numbers).fullmatch(actual) is not None

    def test_what_is_shown_is_what_is_said(self):
        self.assertTrue(self.matches(["a", "b"], "a\nb\n"))
        self.assertFalse(self.matches(["a", "b"], "a\nb\nc\n"))
        self.assertFalse(self.matches(["a"], "b\n"))

    def test_an_ellipsis_is_any_text_or_any_lines(self):
        self.assertTrue(self.matches(["a…z", "…", "end"], "abcz\n1\n2\nend\n"))
        self.assertTrue(self.matches(["a", "…", "end"], "a\nend\n"))
        self.assertFalse(self.matches(["a…z"], "abc\n"))

    def test_numbers_are_of_one_run_only_where_it_is_said(self):
        self.assertTrue(self.matches(["took 4.2 s of 10"], "took   17.25 s of 3\n", numbers=True))
        self.assertFalse(self.matches(["took 4.2 s"], "took 4.3 s\n"))
        self.assertFalse(self.matches(["took 4.2 s"], "took long s\n", numbers=True))


if __name__ == "__main__":
    unittest.main(verbosity=0)
