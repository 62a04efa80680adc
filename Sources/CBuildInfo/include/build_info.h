// What a build was told of itself. Swift has no defines with a value, and C has: hence a target of its own, which is all
// that is compiled anew where the value is another.

#ifndef GOTORRENT_CBUILDINFO_H
#define GOTORRENT_CBUILDINFO_H

// The commit of the sources as GOTORRENT_COMMIT named it, or "unknown"; never NULL.
const char *gotorrent_commit(void);

#endif
