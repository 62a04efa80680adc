/// The script that a host's shell runs: it makes the run's folder, gets the program where it is not there already, tries
/// it, and becomes it.
///
/// What it says are lines that begin with `gotorrent-host`; what a login script prints besides is nothing to us. After
/// `gotorrent-host agent` come frames. The program's bytes are sent when it has said `missing`, and nothing else is sent
/// before it has said `agent`, so that no reader on the host reads what is another's.
package struct HostScript: Equatable, Sendable {
    static let mark = "gotorrent-host "

    /// Where to work; nil for `gotorrent` in the user's cache folder. A relative one begins at the home folder.
    package var root: String?
    /// The name of the run's folder there.
    package var run: String
    /// Of the program: SHA-256 in hexadecimal, and bytes.
    package var digest: String
    package var size: UInt64
    /// Whether the run is there already, detached.
    package var isAttaching: Bool
    /// Whether the agent may be detached: it is no shell's successor then but its child, so that the session can end.
    package var isDetachable: Bool

    package init(
        root: String?, run: String, digest: String, size: UInt64, isAttaching: Bool = false, isDetachable: Bool = false
    ) {
        self.root = root
        self.run = run
        self.digest = digest
        self.size = size
        self.isAttaching = isAttaching
        self.isDetachable = isDetachable
    }

    /// What is sent first: the length of the script in bytes, in a line of its own, and the script.
    package var bytes: [UInt8] {
        let script = Array(text.utf8)
        return Array("\(script.count)\n".utf8) + script
    }

    private var text: String {
        """
        root=\(ShellWord.quoted(root ?? ""))
        run=\(ShellWord.quoted(run))
        digest=\(ShellWord.quoted(digest))
        size=\(size)
        attaching=\(isAttaching ? 1 : 0)
        detachable=\(isDetachable ? 1 : 0)
        \(Self.body)
        """
    }

    private static let body = #"""
        umask 077
        say() { printf '%s\n' "gotorrent-host $*"; }
        remove() {
            if [ "$attaching" = 0 ]; then
                rm -rf "$folder"
                rmdir "$root/runs" "$root" 2>/dev/null
            fi
        }
        fail() {
            remove
            say failed "$(printf '%s' "$*" | tr '\n' ' ')"
            exit 1
        }
        case $root in
        '') root=${XDG_CACHE_HOME:-$HOME/.cache}/gotorrent ;;
        /*) ;;
        *) root=$HOME/$root ;;
        esac
        folder=$root/runs/$run
        say system "$(uname -s) $(uname -m)"
        option=
        if [ "$attaching" = 1 ]; then
            option=--attaching
            [ -d "$folder" ] || fail gone "$folder"
        else
            error=$(mkdir -p "$root/runs" 2>&1 && mkdir "$folder" 2>&1) || fail folder "$error"
        fi
        free() { df -Pk "$folder" 2>/dev/null | awk 'NR == 2 { print $4 }'; }
        say space "$(free)" "$folder"
        program=$root/bin/$digest
        own=
        if ! [ -x "$program" ]; then
            program=$folder/gotorrent
            own=$digest
        fi
        if ! [ -x "$program" ]; then
            say missing
            exec 3<&0
            head -c "$size" <&3 2>"$folder/copy.log" >"$program.part" &
            copier=$!
            # A connection that is cut for good would leave this waiting for ever.
            (
                last= quiet=0
                while [ "$quiet" -lt 30 ]; do
                    sleep 1
                    now=$(wc -c <"$program.part")
                    if [ "$now" = "$last" ]; then quiet=$((quiet + 1)); else quiet=0; fi
                    last=$now
                done
                kill "$copier"
            ) <&- >/dev/null 2>&1 3<&- &
            watcher=$!
            wait "$copier" || error=$(cat "$folder/copy.log")
            kill "$watcher" 2>/dev/null
            [ -z "${error:-}" ] || fail copy "$error"
            if command -v sha256sum >/dev/null; then
                sum=$(sha256sum <"$program.part")
            else
                sum=$(shasum -a 256 <"$program.part")
            fi
            [ "${sum%% *}" = "$digest" ] ||
                fail copy "$(wc -c <"$program.part") of $size bytes came; $(free) KiB are free in $folder"
            rm -f "$folder/copy.log"
            chmod 700 "$program.part" && mv "$program.part" "$program" || fail copy "it cannot be made a program"
        fi
        if ! error=$("$program" --version 2>&1); then
            for manager in apt-get dnf yum zypper apk pacman brew none; do
                command -v "$manager" >/dev/null && break
            done
            fail start "$manager" "$error"
        fi
        say agent
        if [ "$detachable" = 1 ]; then
            # The agent sends TERM when it goes on by itself.
            trap 'exit 0' TERM
            exec 4<&0
            "$program" agent --folder "$folder" ${own:+--program-digest "$own"} --detachable <&4 4<&- &
            exec 4<&- </dev/null
            wait "$!"
            exit
        fi
        exec "$program" agent --folder "$folder" ${own:+--program-digest "$own"} $option
        """#
}
