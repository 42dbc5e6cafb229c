/* The ceremony once more, for counting many draws: stdin holds the table, the complete draw at its start and a line a seed.
   draw_many.py compiles it and compares its first draws with the procedure itself, pair by pair. Names as in
   rules/lots/procedure/completion.py and ceremony.py; only where nothing is settled before, and no preference applies. */
#include "draw_stream.h"

#define MOST 256
#define WORDS (MOST / 64)
#define CHANGES 4096
#define SEARCH_LIMIT 400

typedef struct { uint64_t w[WORDS]; } Set;
typedef struct { short s, r; } Pair;
typedef struct { int length; Pair pairs[CHANGES]; } Exchange;

static int size, end, number, inside_least, mirrors, others, tries, subjects[MOST], least[MOST], most[MOST], drawn[MOST];
static Set may[MOST], close_[MOST], near[MOST], reviewers[MOST], duties[MOST], settled[MOST], free_;

static int in(const Set *set, int one) { return (int)(set->w[one >> 6] >> (one & 63) & 1); }
static void put(Set *set, int one) { set->w[one >> 6] |= (uint64_t)1 << (one & 63); }
static void drop(Set *set, int one) { set->w[one >> 6] &= ~((uint64_t)1 << (one & 63)); }
static int sum(const Set *set) {
    int found = 0;
    for (int i = 0; i < WORDS; i++) found += __builtin_popcountll(set->w[i]);
    return found;
}
static int sum_far(int s) {
    int found = 0;
    for (int i = 0; i < WORDS; i++) found += __builtin_popcountll(reviewers[s].w[i] & ~close_[s].w[i]);
    return found;
}

static void flip(int s, int r) {
    reviewers[s].w[r >> 6] ^= (uint64_t)1 << (r & 63);
    duties[r].w[s >> 6] ^= (uint64_t)1 << (s & 63);
    if (sum(&duties[r]) < most[r]) put(&free_, r);
    else drop(&free_, r);
}

/* Nodes not reached yet, by kind, and the queue of a search. */
static Set fresh_reviewers, fresh_subjects, fresh_far;
static int fresh_end, queue[3 * MOST + 1], queued;

static void reach(Set *fresh, const Set *found, int offset, int node, int *toward) {
    for (int i = 0; i < WORDS; i++) {
        uint64_t bits = found->w[i] & fresh->w[i];
        fresh->w[i] ^= bits;
        for (; bits; bits &= bits - 1) {
            int one = offset + 64 * i + __builtin_ctzll(bits);
            toward[one] = node;
            queue[queued++] = one;
        }
    }
}

static void reach_one(Set *fresh, int place, int offset, int node, int *toward) {
    if (!in(fresh, place)) return;
    drop(fresh, place);
    toward[offset + place] = node;
    queue[queued++] = offset + place;
}

static int some_left(const Set *wanted) {
    for (int i = 0; i < WORDS; i++)
        if ((wanted ? wanted->w[i] & fresh_reviewers.w[i] : fresh_reviewers.w[i] | fresh_subjects.w[i] | fresh_far.w[i])) return 1;
    return wanted ? 0 : fresh_end;
}

static void ways_to(int target, int strict, const Set *wanted, int *toward) {
    Set all = {{0}};
    for (int one = 0; one < size; one++) put(&all, one);
    fresh_reviewers = fresh_subjects = fresh_far = all;
    fresh_end = target != end;
    if (target < size) drop(&fresh_reviewers, target);
    else if (target < 2 * size) drop(&fresh_subjects, target - size);
    else if (target < end) drop(&fresh_far, target - 2 * size);
    for (int node = 0; node <= end; node++) toward[node] = -1;
    toward[target] = target;
    queue[0] = target;
    queued = 1;
    for (int at = 0; at < queued && some_left(wanted); at++) {
        int node = queue[at];
        Set one, other;
        if (node == end) reach(&fresh_reviewers, &free_, 0, node, toward);
        else if (node < size) {
            for (int i = 0; i < WORDS; i++) {
                uint64_t takers = may[node].w[i] & ~duties[node].w[i] & ~(strict ? reviewers[node].w[i] : 0);
                one.w[i] = takers & near[node].w[i];
                other.w[i] = takers & ~near[node].w[i];
            }
            reach(&fresh_subjects, &one, size, node, toward);
            reach(&fresh_far, &other, 2 * size, node, toward);
            if (fresh_end && sum(&duties[node]) > least[node]) {
                fresh_end = 0;
                toward[end] = node;
                queue[queued++] = end;
            }
        } else {
            int s = node % size, near_place = node < 2 * size, far = sum_far(s);
            for (int i = 0; i < WORDS; i++) one.w[i] = reviewers[s].w[i] & (near_place ? close_[s].w[i] : ~close_[s].w[i]) & ~settled[s].w[i];
            reach(&fresh_reviewers, &one, 0, node, toward);
            if (near_place && far) reach_one(&fresh_far, s, 2 * size, node, toward);
            if (!near_place && far < others) reach_one(&fresh_subjects, s, size, node, toward);
        }
    }
}

static void exchange(int start, const int *toward, Exchange *made) {
    for (made->length = 0; toward[start] != start; start = toward[start]) {
        int after = toward[start];
        if (start == end || after == end) continue;
        if (start < size) made->pairs[made->length++] = (Pair){(short)(after % size), (short)start};
        else if (after < size) made->pairs[made->length++] = (Pair){(short)(start % size), (short)after};
    }
}

static void change(const Exchange *made) {
    for (int i = 0; i < made->length; i++) flip(made->pairs[i].s, made->pairs[i].r);
}

static int gate(int s, int r) { return (in(&close_[s], r) ? size : 2 * size) + s; }

static int mend(void) {
    int pair[2] = {-1, -1}, toward[3 * MOST + 1];
    for (int i = 0; i < number && pair[0] < 0; i++) {
        Set both;
        int s = subjects[i];
        for (int j = 0; j < WORDS; j++) both.w[j] = reviewers[s].w[j] & duties[s].w[j];
        drop(&both, s);
        for (int r = 0; r < size && pair[0] < 0; r++)
            if (in(&both, r)) pair[0] = s, pair[1] = r;
    }
    if (pair[0] < 0) return 1;
    tries++;
    for (int turn = 0; turn < 2; turn++) {
        int s = pair[turn], r = pair[1 - turn], done = 0, door = gate(s, r);
        if (in(&settled[s], r) || tries > SEARCH_LIMIT) continue;
        Set kept = may[r];
        drop(&may[r], s);
        ways_to(r, 1, NULL, toward);
        if (toward[door] < 0) ways_to(r, 0, NULL, toward);
        if (toward[door] >= 0) {
            Exchange *made = malloc(sizeof *made);
            exchange(door, toward, made);
            made->pairs[made->length++] = (Pair){(short)s, (short)r};
            change(made);
            done = mend();
            if (!done) change(made);
            free(made);
        }
        may[r] = kept;
        if (done) return 1;
    }
    return 0;
}

static int has_pair(const Exchange *made, int s, int r) {
    for (int i = 0; i < made->length; i++)
        if (made->pairs[i].s == s && made->pairs[i].r == r) return 1;
    return 0;
}

/* Whether an exchange, the new pair in it, would leave a pair and its mirror in the draw. */
static int makes_mirror(const Exchange *made) {
    for (int i = 0; i < made->length; i++) {
        int s = made->pairs[i].s, r = made->pairs[i].r;
        if (!in(&reviewers[s], r) && s != r && in(&reviewers[r], s) != has_pair(made, r, s)) return 1;
    }
    return 0;
}

static int searched(int subject, int one, const int *toward, Exchange *made) {
    static Set reviewers_before[MOST], duties_before[MOST];
    Set settled_before = settled[subject], may_before = may[subject], free_before = free_;
    memcpy(reviewers_before, reviewers, sizeof reviewers);
    memcpy(duties_before, duties, sizeof duties);
    exchange(one, toward, made);
    change(made);
    flip(subject, one);
    put(&settled[subject], one);
    drop(&may[subject], one);
    tries = 0;
    int found = mend();
    made->length = 0;
    for (int s = 0; s < size; s++)
        for (int r = 0; r < size; r++)
            if (in(&reviewers[s], r) != in(&reviewers_before[s], r)) made->pairs[made->length++] = (Pair){(short)s, (short)r};
    memcpy(reviewers, reviewers_before, sizeof reviewers);
    memcpy(duties, duties_before, sizeof duties);
    settled[subject] = settled_before;
    may[subject] = may_before;
    free_ = free_before;
    return found;
}

/* Draw one reviewer; the exchange of each candidate holds its own pair too. */
static int pick(int subject) {
    static Exchange made[MOST];
    static int toward[2][2][3 * MOST + 1];
    int known[2][2] = {{0}}, admitted[MOST], balls = 0, kept = 0, open[MOST];
    for (int r = 0; r < size; r++) kept += in(&settled[subject], r) && in(&close_[subject], r);
    int inside = kept < inside_least;
    Set through[2] = {{{0}}, {{0}}};
    for (int r = 0; r < size; r++) {
        open[r] = in(&may[r], subject) && !in(&settled[subject], r) && !(inside && !in(&close_[subject], r));
        open[r] = open[r] && !(mirrors && in(&settled[r], subject)) && drawn[r] < most[r];
        if (open[r] && !in(&reviewers[subject], r)) put(&through[in(&close_[subject], r)], r);
    }
    for (int r = 0; r < size; r++) {
        if (!open[r]) continue;
        made[r].length = 0;
        if (!in(&reviewers[subject], r)) {
            int side = in(&close_[subject], r), door = gate(subject, r), good = 0;
            if (!known[side][1]++) ways_to(door, mirrors, &through[side], toward[side][1]);
            if (toward[side][1][r] >= 0) {
                exchange(r, toward[side][1], &made[r]);
                made[r].pairs[made[r].length++] = (Pair){(short)subject, (short)r};
                good = !mirrors || !makes_mirror(&made[r]);
            }
            if (!good) {
                if (!known[side][0]++) ways_to(door, 0, &through[side], toward[side][0]);
                good = toward[side][0][r] >= 0 && searched(subject, r, toward[side][0], &made[r]);
            }
            if (!good) continue;
        }
        admitted[balls++] = r;
    }
    int chosen = admitted[below((uint64_t)balls)];
    change(&made[chosen]);
    put(&settled[subject], chosen);
    drawn[chosen]++;
    if (mirrors) drop(&may[subject], chosen);
    return chosen;
}

int main(void) {
    static Set may_first[MOST], reviewers_first[MOST];
    int need, count;
    if (scanf("%d %d %d %d %d %d", &size, &number, &need, &inside_least, &mirrors, &count) != 6 || size > MOST) return 2;
    end = 3 * size;
    others = need - inside_least;
    for (int i = 0; i < number; i++)
        if (scanf("%d", &subjects[i]) != 1) return 2;
    for (int r = 0; r < size; r++)
        if (scanf("%d %d", &least[r], &most[r]) != 2) return 2;
    for (int i = 0, s, r; i < count; i++) {
        if (scanf("%d %d", &s, &r) != 2) return 2;
        put(&reviewers_first[s], r);
    }
    for (int s = 0; s < size; s++)
        for (int r = 0, x; r < size; r++) {
            if (scanf("%d", &x) != 1) return 2;
            if (x & 1) put(&may_first[r], s);
            if (x & 2) put(&close_[s], r);
        }
    for (int i = 0; i < number; i++)
        for (int r = 0; r < size; r++)
            if (in(&close_[subjects[i]], r)) put(&near[r], subjects[i]);
    while (next_stream()) {
        int order[MOST];
        memcpy(may, may_first, sizeof may);
        memcpy(reviewers, reviewers_first, sizeof reviewers);
        memset(duties, 0, sizeof duties);
        memset(settled, 0, sizeof settled);
        memset(drawn, 0, sizeof drawn);
        memset(&free_, 0, sizeof free_);
        for (int s = 0; s < size; s++)
            for (int r = 0; r < size; r++)
                if (in(&reviewers[s], r)) put(&duties[r], s);
        for (int r = 0; r < size; r++)
            if (sum(&duties[r]) < most[r]) put(&free_, r);
        memcpy(order, subjects, sizeof order);
        for (int last = number - 1; last > 0; last--) {
            int other = (int)below((uint64_t)last + 1), was = order[last];
            order[last] = order[other];
            order[other] = was;
        }
        for (int i = 0; i < number; i++)
            for (int turn = 0; turn < need; turn++) printf("%d %d ", order[i], pick(order[i]));
        printf("\n");
        fflush(stdout);
    }
    return 0;
}
