"""Writes a v2 torrent of one file: libtorrent_create.py FILE PIECE_SIZE METAFILE."""

import os
import sys

import libtorrent as lt

path, piece_size, metafile = sys.argv[1], int(sys.argv[2]), sys.argv[3]
torrent = lt.create_torrent(lt.list_files(path), piece_size, lt.create_torrent.v2_only)
lt.set_piece_hashes(torrent, os.path.dirname(os.path.abspath(path)))
with open(metafile, "wb") as output:
    output.write(lt.bencode(torrent.generate()))
