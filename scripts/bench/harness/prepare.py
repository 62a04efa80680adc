"""Gets what the benchmarks measure and measure against: gotorrent, libtorrent, and the plain C program."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile

BENCH = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HARNESS = os.path.join(BENCH, "harness")
ROOT = os.path.dirname(os.path.dirname(BENCH))

# The releases that figures in docs/performance.md were measured with.
PACKAGES = ["libtorrent==2.1.*", "pyzmq"]


def fail(*lines):
    """Ends the benchmark: what could not be done, and what would help."""
    sys.exit("\n".join(lines))


def note(text):
    print(text, file=sys.stderr, flush=True)


def run(command, **options):
    """Runs a command to its end and gives its standard output; a failure ends the benchmark. Where we are interrupted
    meanwhile, the command and all that it started are ended too."""
    try:
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True, **options)
    except FileNotFoundError:
        fail(f"There is no '{command[0]}' here.")
    try:
        output, _ = child.communicate()
    except BaseException:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait()
        raise
    if child.returncode:
        fail(f"'{' '.join(command)}' ended with {child.returncode}.")
    return output


def need_linux():
    if not sys.platform.startswith("linux"):
        fail("Processor time and memory are read from /proc, which is there on Linux only.")


def install(tool, package):
    """Installs a Debian package where its tool is missing and we may."""
    if shutil.which(tool):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        fail(f"There is no '{tool}' here. Install {package} and run this again.")
    note(f"installing {package}")
    run(["apt-get", "update", "-qq"])
    run(["apt-get", "install", "-y", "-qq", package])


class Tools:
    """Where the programs are. Each is built or installed when it is first asked for.

    GOTORRENT_BINARY names a gotorrent to measure instead of building one, GOTORRENT_BUILD another folder to build in,
    GOTORRENT_BENCH_CACHE a folder in which libtorrent stays installed from one benchmark to the next.
    """

    def __init__(self):
        need_linux()
        kept = os.environ.get("GOTORRENT_BENCH_CACHE")
        self.is_temporary = not kept
        self.folder = os.path.abspath(kept) if kept else tempfile.mkdtemp(prefix="gotorrent-bench-tools-")
        os.makedirs(self.folder, exist_ok=True)
        self._gotorrent = self._python = self._plain_copy = None

    def remove(self):
        if self._plain_copy and os.path.exists(self._plain_copy):
            os.remove(self._plain_copy)
        if self.is_temporary:
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def gotorrent(self):
        if not self._gotorrent:
            self._gotorrent = os.environ.get("GOTORRENT_BINARY") or self._build_gotorrent()
            if not os.access(self._gotorrent, os.X_OK):
                fail(f"GOTORRENT_BINARY={self._gotorrent} is no program.")
            self._gotorrent = os.path.abspath(self._gotorrent)
        return self._gotorrent

    def _build_gotorrent(self):
        build = os.environ.get("GOTORRENT_BUILD", os.path.join(ROOT, ".build"))
        note("building gotorrent")
        script = 'source "$1/scripts/setup.sh"; set_up >&2; choose_linking; swift build --package-path "$1"' \
            ' --scratch-path "$2" -c release --product gotorrent ${linking[@]+"${linking[@]}"} >&2'
        run(["bash", "-c", script, "build", ROOT, build])
        return os.path.join(build, "release", "gotorrent")

    @property
    def python(self):
        """A Python that has libtorrent and pyzmq."""
        if not self._python:
            self._python = os.path.join(self.folder, "venv", "bin", "python")
            check = [self._python, "-c", "import libtorrent, zmq; assert libtorrent.__version__ >= '2.1'"]
            if not os.path.exists(self._python) or subprocess.run(check, stderr=subprocess.DEVNULL).returncode:
                note("installing libtorrent and pyzmq")
                run([sys.executable, "-m", "venv", os.path.join(self.folder, "venv")])
                run([self._python, "-m", "pip", "install", "--quiet", *PACKAGES], stdin=subprocess.DEVNULL)
        return self._python

    def libtorrent_version(self):
        return run([self.python, "-c", "import libtorrent; print(libtorrent.__version__)"]).strip()

    @property
    def plain_copy(self):
        if not self._plain_copy:
            compiler = os.environ.get("CC", "cc")
            install(compiler, "gcc")
            if not os.path.exists("/usr/include/openssl/evp.h"):
                install("no libssl-dev", "libssl-dev")
            # Its own name for each process: two benchmarks may share the folder.
            self._plain_copy = os.path.join(self.folder, f"plain-copy-{os.getpid()}")
            run([compiler, "-O2", "-o", self._plain_copy, os.path.join(BENCH, "plain-copy.c"), "-lcrypto", "-lpthread"])
        return self._plain_copy
