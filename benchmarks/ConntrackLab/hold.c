// Holds each packet of an NFQUEUE for a while, then accepts it: a node that is busy between PREROUTING and POSTROUTING.
// Usage: hold QUEUE MICROSECONDS. Packets overlap: the delay is each packet's own, not the queue's.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <libnetfilter_queue/libnetfilter_queue.h>
#include <linux/netfilter.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum { RING = 1 << 16 };

static struct { uint32_t id; int64_t due; } held[RING];
static unsigned first, last;
static int64_t delay;

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int on_packet(struct nfq_q_handle *queue, struct nfgenmsg *message, struct nfq_data *data, void *unused) {
    (void)message, (void)unused;
    uint32_t id = ntohl(nfq_get_msg_packet_hdr(data)->packet_id);
    if (last - first == RING) return nfq_set_verdict(queue, id, NF_ACCEPT, 0, NULL);
    held[last % RING].id = id;
    held[last++ % RING].due = now_ns() + delay;
    return 0;
}

int main(int argc, char **argv) {
    static char buffer[1 << 16];
    if (argc != 3) return 2;
    delay = atoll(argv[2]) * 1000;
    struct nfq_handle *handle = nfq_open();
    struct nfq_q_handle *queue = handle ? nfq_create_queue(handle, (uint16_t)atoi(argv[1]), on_packet, NULL) : NULL;
    if (!queue || nfq_set_mode(queue, NFQNL_COPY_META, 0) < 0 || nfq_set_queue_maxlen(queue, RING) < 0) {
        perror("nfqueue");
        return 1;
    }

    puts("ready");
    fflush(stdout);
    struct pollfd poll_fd = { .fd = nfq_fd(handle), .events = POLLIN };
    for (;;) {
        while (first != last && held[first % RING].due <= now_ns()) nfq_set_verdict(queue, held[first++ % RING].id, NF_ACCEPT, 0, NULL);
        int64_t left = first == last ? 1000000000LL : held[first % RING].due - now_ns();
        struct timespec wait = { .tv_sec = 0, .tv_nsec = left < 0 ? 0 : left > 999999999LL ? 999999999L : (long)left };
        if (ppoll(&poll_fd, 1, &wait, NULL) > 0) {
            ssize_t length = recv(poll_fd.fd, buffer, sizeof buffer, 0);
            if (length > 0) nfq_handle_packet(handle, buffer, (int)length);
        }
    }
}
