#include "sha256_pair.h"

#include <string.h>

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

#define LANES 2
#define BLOCK 64
#define USES_SHA __attribute__((target("sha,sse4.1,ssse3")))

static const uint32_t constants[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

// The state of one message as the instructions want it: the words a, b, e, f and c, d, g, h.
struct lane {
    __m128i abef, cdgh;
};

bool sha256_pair_supported(void) {
    unsigned eax, ebx, ecx, edx;
    if (!__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) || !(ebx >> 29 & 1)) return false;
    return __get_cpuid(1, &eax, &ebx, &ecx, &edx) && (ecx >> 9 & 1) && (ecx >> 19 & 1);
}

// Takes `count` blocks of each message into its state.
USES_SHA static void compress(struct lane lanes[LANES], const uint8_t *messages[LANES], size_t count) {
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    for (; count > 0; count--) {
        const struct lane before[LANES] = {lanes[0], lanes[1]};
        __m128i words[LANES][4];
        for (int lane = 0; lane < LANES; lane++) {
            for (int part = 0; part < 4; part++) {
                const __m128i loaded = _mm_loadu_si128((const __m128i *)(messages[lane] + 16 * part));
                words[lane][part] = _mm_shuffle_epi8(loaded, big_endian);
            }
            messages[lane] += BLOCK;
        }
#pragma clang loop unroll(full)
        for (int group = 0; group < 16; group++) {
            const __m128i constant = _mm_load_si128((const __m128i *)&constants[4 * group]);
#pragma clang loop unroll(full)
            for (int lane = 0; lane < LANES; lane++) {
                __m128i *w = words[lane], *current = &w[group & 3];
                const __m128i last = w[(group + 3) & 3];
                __m128i sum = _mm_add_epi32(*current, constant);
                lanes[lane].cdgh = _mm_sha256rnds2_epu32(lanes[lane].cdgh, lanes[lane].abef, sum);
                sum = _mm_shuffle_epi32(sum, 0x0e);
                lanes[lane].abef = _mm_sha256rnds2_epu32(lanes[lane].abef, lanes[lane].cdgh, sum);
                if (group < 12) {
                    const __m128i seventh = _mm_alignr_epi8(last, w[(group + 2) & 3], 4);
                    const __m128i next = _mm_sha256msg1_epu32(*current, w[(group + 1) & 3]);
                    *current = _mm_sha256msg2_epu32(_mm_add_epi32(next, seventh), last);
                }
            }
        }
        for (int lane = 0; lane < LANES; lane++) {
            lanes[lane].abef = _mm_add_epi32(lanes[lane].abef, before[lane].abef);
            lanes[lane].cdgh = _mm_add_epi32(lanes[lane].cdgh, before[lane].cdgh);
        }
    }
}

// The rest of a message, a one bit, zeros and the length in bits: one block or two.
static size_t pad(uint8_t blocks[2 * BLOCK], const uint8_t *rest, size_t count, size_t length) {
    const size_t blockCount = count + 9 <= BLOCK ? 1 : 2;
    memset(blocks, 0, 2 * BLOCK);
    memcpy(blocks, rest, count);
    blocks[count] = 0x80;
    const uint64_t bits = __builtin_bswap64((uint64_t)length * 8);
    memcpy(blocks + blockCount * BLOCK - 8, &bits, 8);
    return blockCount;
}

USES_SHA void sha256_pair(const void *first, const void *second, size_t length, uint8_t *digests) {
    const __m128i abef = _mm_set_epi32(0x6a09e667, (int)0xbb67ae85, 0x510e527f, (int)0x9b05688c);
    const __m128i cdgh = _mm_set_epi32(0x3c6ef372, (int)0xa54ff53a, 0x1f83d9ab, 0x5be0cd19);
    struct lane lanes[LANES] = {{abef, cdgh}, {abef, cdgh}};
    const uint8_t *messages[LANES] = {first, second};
    compress(lanes, messages, length / BLOCK);

    uint8_t padded[LANES][2 * BLOCK];
    size_t blockCount = 0;
    for (int lane = 0; lane < LANES; lane++) {
        blockCount = pad(padded[lane], messages[lane], length % BLOCK, length);
        messages[lane] = padded[lane];
    }
    compress(lanes, messages, blockCount);

    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    for (int lane = 0; lane < LANES; lane++) {
        const __m128i feba = _mm_shuffle_epi32(lanes[lane].abef, 0x1b), dchg = _mm_shuffle_epi32(lanes[lane].cdgh, 0xb1);
        const __m128i dcba = _mm_blend_epi16(feba, dchg, 0xf0), hgfe = _mm_alignr_epi8(dchg, feba, 8);
        uint8_t *digest = digests + 32 * lane;
        _mm_storeu_si128((__m128i *)digest, _mm_shuffle_epi8(dcba, big_endian));
        _mm_storeu_si128((__m128i *)(digest + 16), _mm_shuffle_epi8(hgfe, big_endian));
    }
}

#else

bool sha256_pair_supported(void) { return false; }

void sha256_pair(const void *first, const void *second, size_t length, uint8_t *digests) { __builtin_trap(); }

#endif

bool sha256_pair_worthwhile(void) {
#if defined(__OPTIMIZE__)
    return sha256_pair_supported();
#else
    return false;
#endif
}
