// What a lookup costs in C: blocking threads, AAAA then A, a fresh connected socket, and so a fresh port, for each query.
// Usage: c-reference ADDRESS PORT THREADS LOOKUPS WARMUP PREFIX ZONE. Prints one line of key=value pairs.
#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { TYPE_A = 1, TYPE_AAAA = 28, HEADER = 12 };

static struct sockaddr_in server;
static const char *prefix, *zone;
static int lookups;
static double *latencies;
static atomic_int taken, errors;
static atomic_long addresses;

static double now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static double cpu_us(void) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e6 + u.ru_utime.tv_usec + u.ru_stime.tv_usec;
}

static int write_query(unsigned char *query, const char *name, int type) {
    if (getrandom(query, 2, 0) != 2) return -1;
    memcpy(query + 2, "\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00", 10);
    unsigned char *length = query + HEADER, *end = length + 1;
    *length = 0;
    for (; *name; name++) {
        if (*name == '.') {
            length = end++;
            *length = 0;
        } else {
            *end++ = (unsigned char)*name;
            ++*length;
        }
    }
    *end++ = 0;
    *end++ = 0;
    *end++ = (unsigned char)type;
    *end++ = 0;
    *end++ = 1;
    return (int)(end - query);
}

static int skip_name(const unsigned char *message, int length, int at) {
    while (at < length && message[at] != 0) {
        if (message[at] >= 0xC0) return at + 2;
        at += message[at] + 1;
    }
    return at + 1;
}

// The number of records of the type in the answer; -1 where it is not the answer to the query.
static int read_answer(const unsigned char *reply, int length, const unsigned char *query, int query_length, int type) {
    if (length < query_length || memcmp(reply, query, 2) || !(reply[2] & 0x80) || (reply[3] & 15)
        || memcmp(reply + HEADER, query + HEADER, query_length - HEADER)) return -1;
    int count = reply[6] << 8 | reply[7], found = 0, at = query_length;
    while (count-- > 0 && (at = skip_name(reply, length, at)) + 10 <= length) {
        found += (reply[at] << 8 | reply[at + 1]) == type;
        at += 10 + (reply[at + 8] << 8 | reply[at + 9]);
    }
    return found;
}

static int ask(const char *name, int type) {
    unsigned char query[512], reply[1232];
    int length = write_query(query, name, type), found = -1;
    int s = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (length > 0 && s >= 0 && connect(s, (struct sockaddr *)&server, sizeof server) == 0 && send(s, query, length, 0) == length) {
        ssize_t received;
        do {
            received = recv(s, reply, sizeof reply, 0);
            found = received < 0 ? -1 : read_answer(reply, (int)received, query, length, type);
        } while (received >= 0 && found < 0);
    }
    close(s);
    return found;
}

static void *work(void *unused) {
    (void)unused;
    int i;
    while ((i = atomic_fetch_add(&taken, 1)) < lookups) {
        char name[256];
        double start = now_us();
        snprintf(name, sizeof name, "%s-%d.%s", prefix, i, zone);
        int aaaa = ask(name, TYPE_AAAA), a = ask(name, TYPE_A);
        if (aaaa < 0 || a < 0) errors++;
        else addresses += aaaa + a;
        latencies[i] = now_us() - start;
    }
    return NULL;
}

static void run(int count, int threads) {
    pthread_t *ids = calloc(threads, sizeof *ids);
    lookups = count;
    taken = errors = 0;
    addresses = 0;
    for (int i = 0; i < threads; i++) pthread_create(&ids[i], NULL, work, NULL);
    for (int i = 0; i < threads; i++) pthread_join(ids[i], NULL);
    free(ids);
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    if (argc != 8) return 2;
    server.sin_family = AF_INET;
    server.sin_port = htons((unsigned short)atoi(argv[2]));
    if (inet_pton(AF_INET, argv[1], &server.sin_addr) != 1) return 2;
    int threads = atoi(argv[3]), count = atoi(argv[4]), warm_up = atoi(argv[5]);
    char warm_up_prefix[128];
    zone = argv[7];
    latencies = calloc(count > warm_up ? count : warm_up, sizeof *latencies);

    snprintf(warm_up_prefix, sizeof warm_up_prefix, "w%s", argv[6]);
    prefix = warm_up_prefix;
    run(warm_up, threads);

    prefix = argv[6];
    double cpu = cpu_us(), start = now_us();
    run(count, threads);
    double elapsed = now_us() - start;
    cpu = cpu_us() - cpu;

    qsort(latencies, count, sizeof *latencies, compare);
    printf("measured lookups=%d elapsed_us=%.0f cpu_us=%.0f addresses=%ld errors=%d p50_us=%.1f p99_us=%.1f max_us=%.1f threads=%d\n",
        count, elapsed, cpu, (long)addresses, (int)errors, latencies[count / 2], latencies[(int)(count * 0.99)], latencies[count - 1],
        threads);
    return 0;
}
