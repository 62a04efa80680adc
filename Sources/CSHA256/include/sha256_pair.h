// SHA-256 (FIPS 180-4) of two messages at once, with the SHA extensions of x86-64.
//
// Each of these instructions waits for the one before: one message keeps the unit busy less than half of the time. The
// blocks of a Merkle tree are messages of the same length that do not depend on each other, so that two go side by side.
// Source of the rounds: Gulley et al., *Intel SHA Extensions*, 2013.

#ifndef GOTORRENT_CSHA256_SHA256_PAIR_H
#define GOTORRENT_CSHA256_SHA256_PAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Whether this processor has the instructions.
bool sha256_pair_supported(void);

// Whether they are worth using as well: this code was compiled with optimization.
bool sha256_pair_worthwhile(void);

// Writes the digests of two messages of `length` bytes each, one after the other, to 64 bytes. Only where supported.
void sha256_pair(const void *first, const void *second, size_t length, uint8_t *digests);

#endif
