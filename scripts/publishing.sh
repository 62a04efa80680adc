# shellcheck shell=bash
# What makes documents of the report: sourced by make-report.sh and test-report.sh, after setup.sh.

# pandoc reads and writes, WeasyPrint lays out the PDF with the figures as vectors; P052 is a Palatino.
has_palatino() { [[ $(fc-match P052 family 2>/dev/null) == P052* ]]; }

# Installs what is missing; where that cannot be done, says what by its names in Debian and fails.
set_up_publishing() {
    local missing=() command
    for command in pandoc weasyprint python3; do
        command -v "$command" >/dev/null || missing+=("$command")
    done
    if [[ $(uname) == Darwin ]]; then
        if ((${#missing[@]})); then install_with_brew "${missing[@]}"; fi
        return
    fi
    has_palatino || missing+=(fonts-urw-base35)
    ((${#missing[@]})) || return 0
    command -v apt-get >/dev/null || fail "Needed and missing, by their names in Debian: ${missing[*]}."
    install_with_apt "${missing[@]}"
}
