/* The numbers of a draw from its seed, as docs/reference/draw-record.md tells. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>


static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t turned(uint32_t x, int by) { return x >> by | x << (32 - by); }

/* The first 64 bytes, the seed, are the same for all numbers of a draw: their state is kept in `seeded`. */
static uint32_t seeded[8];

static void sha256(const char *text, size_t length, uint32_t h[8], int again) {
    static const uint32_t first[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    uint8_t block[256] = {0};
    size_t whole = (length + 9 + 63) / 64 * 64;
    memcpy(block, text, length);
    block[length] = 0x80;
    for (int i = 0; i < 8; i++) block[whole - 1 - i] = (uint8_t)((uint64_t)length * 8 >> 8 * i);
    memcpy(h, again ? seeded : first, sizeof first);
    for (size_t at = again ? 64 : 0; at < whole; at += 64) {
        uint32_t w[64];
        for (int i = 0; i < 16; i++) w[i] = (uint32_t)block[at + 4 * i] << 24 | block[at + 4 * i + 1] << 16 | block[at + 4 * i + 2] << 8 | block[at + 4 * i + 3];
        for (int i = 16; i < 64; i++) {
            uint32_t a = w[i - 15], b = w[i - 2];
            w[i] = w[i - 16] + (turned(a, 7) ^ turned(a, 18) ^ a >> 3) + w[i - 7] + (turned(b, 17) ^ turned(b, 19) ^ b >> 10);
        }
        uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], last = h[7];
        for (int i = 0; i < 64; i++) {
            uint32_t s = last + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i];
            uint32_t t = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            last = g, g = f, f = e, e = d + s, d = c, c = b, b = a, a = s + t;
        }
        h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e, h[5] += f, h[6] += g, h[7] += last;
        if (at == 0) memcpy(seeded, h, sizeof seeded);
    }
}

static char prefix[128];
static uint64_t words[4], counter;
static int left;

static uint64_t below(uint64_t bound) {
    uint64_t spare = (0 - bound) % bound; /* 2**64 mod bound */
    for (;;) {
        if (!left) {
            char text[160];
            uint32_t h[8];
            int length = snprintf(text, sizeof text, "%s%llu", prefix, (unsigned long long)counter++);
            sha256(text, (size_t)length, h, counter > 1);
            for (int i = 0; i < 4; i++) words[3 - i] = (uint64_t)h[2 * i] << 32 | h[2 * i + 1];
            left = 4;
        }
        uint64_t word = words[--left];
        if (!spare || word < 0 - spare) return word % bound;
    }
}

/* The next seed and label from stdin; 0 at the end. */
static int next_stream(void) {
    char seed[80], label[32];
    if (scanf("%79s %31s", seed, label) != 2) return 0;
    snprintf(prefix, sizeof prefix, "%s %s ", seed, label);
    counter = 0;
    left = 0;
    return 1;
}
