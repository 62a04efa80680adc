// Reading a mapped file that somebody else may cut short meanwhile.
//
// Where a page of a mapping cannot be had, because the file ends before it by now or the disk fails, the system sends
// SIGBUS to the thread that reads, and the process ends. While a range is guarded, a page of nothing takes the place of
// the missing one instead, and the guard says so afterwards.

#ifndef GOTORRENT_CMAPPING_MAPPING_H
#define GOTORRENT_CMAPPING_MAPPING_H

#include <stdbool.h>
#include <stddef.h>

// Guards a range of whole pages, read by this thread alone; one range a thread at a time.
void mapping_guard_begin(const void *start, size_t length);

// Ends what began; true where a page was missing, so that what was read there is not what the file holds.
bool mapping_guard_end(void);

#endif
