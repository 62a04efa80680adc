/// A figure as gnuplot draws it, twice: as SVG and as PNG, from data files that stay beside it.
struct GnuplotScript {
    /// The stem of the files' names.
    let name: String
    /// Lines above the figure.
    let title: [String]
    /// Axes and whatever else is the figure's own.
    let settings: String
    /// What is drawn, in this order.
    let plots: [String]

    /// Colours that people with any colour vision tell apart; dashes tell the lines apart in grey.
    ///
    /// Source: Okabe and Ito, *Color Universal Design* (2008), without its yellow, which is lost on white.
    static let palette = ["#E69F00", "#56B4E9", "#009E73", "#CC79A7", "#D55E00", "#0072B2", "#7F7F7F", "#8C510A"]

    /// The whole script. It ends by drawing the same plot once more on the second terminal.
    var text: String {
        """
        # Draws \(name).svg and \(name).png from the CSV files beside it:
        #     gnuplot \(name).gnuplot
        set encoding utf8
        set datafile separator ','
        set title \(title.map(Self.quoted).joined(separator: " . \"\\n\" . ")) noenhanced
        set border 3 linecolor rgb '#555555'
        set tics nomirror out textcolor rgb '#222222'
        set grid linetype 1 linewidth 1 linecolor rgb '#E4E4E4'
        set lmargin 10
        set rmargin 4
        set key outside bottom center horizontal Left reverse noenhanced samplen 3 spacing 1.2
        \(settings)

        set terminal svg size 960,600 font 'Helvetica,Arial,sans-serif,16' background rgb 'white'
        set output '\(name).svg'
        plot \\
            \(plots.joined(separator: ", \\\n    "))

        if (strstrt(GPVAL_TERMINALS, 'pngcairo') > 0) {
            set terminal pngcairo size 1600,1000 font 'Sans,22' linewidth 1.6 pointscale 1.6 background rgb 'white'
        } else {
            set terminal png size 1600,1000 truecolor large linewidth 2 background rgb 'white'
        }
        set output '\(name).png'
        replot
        set output

        """
    }

    /// A text as gnuplot takes it literally: nothing is evaluated between single quotes.
    static func quoted(_ text: String) -> String {
        var quoted = "'"
        for scalar in text.unicodeScalars {
            if scalar == "'" { quoted += "''" } else { quoted += scalar.value < 0x20 ? " " : String(scalar) }
        }
        return quoted + "'"
    }
}
