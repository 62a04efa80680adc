"""The chunks on the disk: read and written one at a time, so that a node's memory does not grow with its file."""
import os


class Store:
    """A torrent's files below one path: a seed's as they are, a peer's under `NAME.part` until all is there."""

    def __init__(self, metafile, path, is_seed):
        self.metafile, self.final, self.path = metafile, path, path
        if is_seed or os.path.exists(path):
            self.held = self.scan()
            sizes_match = all(os.path.getsize(self.where(file)) == file.length for file in metafile.files)
            if len(self.held) < metafile.chunk_count or not sizes_match:
                raise OSError(f"{path} is not what the metafile describes; "
                              + ("seed what is" if is_seed else "move it away"))
            return
        self.path = path + ".part"  # its name is given to nothing that is not whole
        for file in metafile.files:
            where = self.where(file)
            os.makedirs(os.path.dirname(where) or ".", exist_ok=True)
            with os.fdopen(self.open(where, os.O_RDWR | os.O_CREAT), "r+b") as opened:
                opened.truncate(file.length)
        if metafile.is_folder:
            os.makedirs(self.path, exist_ok=True)
        self.held = self.scan()
        self.finish(len(self.held))

    def where(self, file):
        return os.path.join(self.path, *file.path)

    @staticmethod
    def open(path, flags):
        return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)

    def scan(self):
        """The chunks that are there and right; a peer that is started again goes on with them."""
        held = set()
        for chunk in range(self.metafile.chunk_count):
            try:
                data = self.read(chunk)
            except OSError:  # a file that is not there, or too short, lacks this one
                continue
            if self.metafile.is_right(chunk, data):
                held.add(chunk)
        return held

    def read(self, chunk):
        file, _, offset, length = self.metafile.place(chunk)
        descriptor = self.open(self.where(file), os.O_RDONLY)
        try:
            data = os.pread(descriptor, length, offset)
        finally:
            os.close(descriptor)
        if len(data) != length:
            raise OSError(f"{self.where(file)} became shorter while it was served")
        return data

    def write(self, chunk, data):
        file, _, offset, _ = self.metafile.place(chunk)
        descriptor = self.open(self.where(file), os.O_WRONLY)
        try:
            while data:
                written = os.pwrite(descriptor, data, offset)
                data, offset = data[written:], offset + written
        finally:
            os.close(descriptor)

    def finish(self, count):
        """Gives a download its name once it has so many chunks that nothing is missing."""
        if count == self.metafile.chunk_count and self.path != self.final:
            os.rename(self.path, self.final)
            self.path = self.final
