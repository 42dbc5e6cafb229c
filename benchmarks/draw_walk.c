/* The walk of the uniform method once more, for counting many draws: stdin holds the table and a line a seed.
   draw_many.py compiles it and compares its first draws with the procedure itself, pair by pair. */
#include "draw_stream.h"

#define MOST 256
#define PLACES 1024

static int size, count, group, mirrors, least[MOST], most[MOST], duties[MOST], inside[MOST], place[PLACES][2];
static char may[MOST][MOST], near[MOST][MOST], has[MOST][MOST];

static int short_by(int s) { return inside[s] < group ? group - inside[s] : 0; }
static int off(int r) { return duties[r] < least[r] ? least[r] - duties[r] : duties[r] > most[r] ? duties[r] - most[r] : 0; }
static int open_to(int s, int r) { return may[s][r] && !has[s][r]; }

static int replace(int s, int old, int new) {
    int before = short_by(s) + off(old) + off(new), mirrored = 0;
    if (mirrors) mirrored = (new != s && has[new][s]) - (old != s && has[old][s]);
    has[s][old] = 0;
    has[s][new] = 1;
    inside[s] += near[s][new] - near[s][old];
    duties[old]--;
    duties[new]++;
    return short_by(s) + off(old) + off(new) - before + mirrored;
}

static void step(uint64_t base) {
    int a = (int)below((uint64_t)count), other = (int)below((uint64_t)(size + count)), b = other - size;
    int s = place[a][0], old = place[a][1], more;
    if (b < 0) {
        if (!open_to(s, other)) return;
        more = replace(s, old, other);
    } else {
        int t = place[b][0], new = place[b][1];
        if (s == t || !open_to(s, new) || !open_to(t, old)) return;
        more = replace(s, old, new);
        more += replace(t, new, old);
    }
    for (int i = 0; i < more; i++)
        if (below(base)) {
            if (b < 0) replace(s, other, old);
            else replace(s, place[b][1], old), replace(place[b][0], old, place[b][1]);
            return;
        }
    if (b >= 0) {
        int new = place[b][1];
        place[b][1] = old;
        place[a][1] = new;
    } else place[a][1] = other;
}

static int broken(void) {
    int found = 0;
    for (int s = 0; s < size; s++) found += short_by(s) + off(s);
    if (mirrors)
        for (int s = 0; s < size; s++)
            for (int r = s + 1; r < size; r++) found += has[s][r] && has[r][s];
    return found;
}

int main(void) {
    static int start[PLACES][2];
    int steps, base;
    if (scanf("%d %d %d %d %d %d", &size, &count, &group, &mirrors, &base, &steps) != 6 || size > MOST || count > PLACES) return 2;
    for (int r = 0; r < size; r++)
        if (scanf("%d %d", &least[r], &most[r]) != 2) return 2;
    for (int i = 0; i < count; i++)
        if (scanf("%d %d", &start[i][0], &start[i][1]) != 2) return 2;
    for (int s = 0; s < size; s++)
        for (int r = 0, x; r < size; r++) {
            if (scanf("%d", &x) != 1) return 2;
            may[s][r] = (char)(x & 1);
            near[s][r] = (char)(x >> 1);
        }
    while (next_stream()) {
        int walks = 0;
        do {
            memcpy(place, start, sizeof place);
            memset(has, 0, sizeof has);
            memset(duties, 0, sizeof duties);
            memset(inside, 0, sizeof inside);
            /* a State that is not under review has nobody to draw: it is never short of its own group */
            for (int s = 0; s < size; s++) inside[s] = group;
            for (int i = 0; i < count; i++) inside[place[i][0]] = 0;
            for (int i = 0; i < count; i++) {
                int s = place[i][0], r = place[i][1];
                has[s][r] = 1;
                duties[r]++;
                inside[s] += near[s][r];
            }
            for (int i = 0; i < steps; i++) step((uint64_t)base);
            walks++;
        } while (broken() && walks < 200);
        printf("%d", walks);
        for (int i = 0; i < count; i++) printf(" %d %d", place[i][0], place[i][1]);
        printf("\n");
        fflush(stdout);
    }
    return 0;
}
