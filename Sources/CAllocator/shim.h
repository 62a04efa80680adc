// What Swift's Glibc module leaves out of the C library's allocator.

#ifndef GOTORRENT_CALLOCATOR_SHIM_H
#define GOTORRENT_CALLOCATOR_SHIM_H

#if defined(__GLIBC__) || defined(__linux__)
// mallopt and its parameters: how large a block may be that is kept for the next use.
#include <malloc.h>
#endif

#endif
