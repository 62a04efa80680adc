# Draws worth.svg and worth.png from the tables in DATA, a folder: of the messages of each cycle, the share that was
# useful. Cycles in which a run sends a message or fewer on average, since nearly all are over, are left out.
#     gnuplot -e "DATA='classic/data'" worth.gnuplot
set encoding utf8
set datafile separator ','
set border 3 linecolor rgb '#555555'
set tics nomirror out textcolor rgb '#222222'
set grid linetype 1 linewidth 1 linecolor rgb '#E4E4E4'
set lmargin 10
set rmargin 4
set key outside bottom center horizontal Left reverse noenhanced samplen 3 spacing 1.2
set xlabel 'cycle' offset 0,0.4
set xrange [0:36]
set ylabel 'useful / sent'
set yrange [0:1.02]
set ytics 0.2
worth(sent, useful) = sent > 1 ? useful / sent : NaN

set terminal svg size 720,370 font 'Helvetica,Arial,sans-serif,15' background rgb 'white'
set output 'worth.svg'
plot \
    DATA . '/push-simulated.csv' every ::2 using 1:(worth($5, $6)) with linespoints linewidth 3 pointtype 7 pointsize 0.8 linecolor rgb '#D55E00' title 'push', \
    DATA . '/pull-simulated.csv' every ::2 using 1:(worth($5, $6)) with linespoints linewidth 3 pointtype 5 pointsize 0.8 linecolor rgb '#0072B2' title 'pull', \
    DATA . '/push-pull-simulated.csv' every ::2 using 1:(worth($5, $6)) with linespoints linewidth 3 pointtype 9 pointsize 0.8 linecolor rgb '#009E73' title 'push-pull'

if (strstrt(GPVAL_TERMINALS, 'pngcairo') > 0) {
    set terminal pngcairo size 1600,822 font 'Sans,24' linewidth 1.6 pointscale 1.6 background rgb 'white'
} else {
    set terminal png size 1600,1000 truecolor large linewidth 2 background rgb 'white'
}
set output 'worth.png'
replot
set output
