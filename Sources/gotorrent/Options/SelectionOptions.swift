import ArgumentParser
import Metainfo

/// Which files of a folder are meant.
struct SelectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Of a folder only these files, by a pattern in quotes; may be given several times. * stands for anything \
            in a name and ** for any folders; a folder's name means all that is in it; a pattern without a slash is \
            looked for in every folder.
            """, valueName: "pattern"))
    var only: [String] = []

    @Option(help: ArgumentHelp("Of a folder all but these files, likewise; it wins over --only.", valueName: "pattern"))
    var exclude: [String] = []

    var selection: FileSelection { FileSelection(only: only, excluded: exclude) }
}
