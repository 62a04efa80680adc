// Asks a tracker as fast as it answers, and tells what that cost it. scripts/bench/tracker compiles and runs this.
//
//   tracker-load ENDPOINT PID register FIRST_TORRENT TORRENTS MEMBERS
//   tracker-load ENDPOINT PID ask      FIRST_TORRENT TORRENTS MEMBERS SECONDS GET_PEERS ANNOUNCES
//
// MEMBERS is for each torrent. `register` announces each of them once. `ask` sends GET_PEERS requests for peers and
// then ANNOUNCES announcements of random members, over and over. A few DEALER sockets each keep a window of requests
// under way. PID is the tracker's, whose processor time and memory are read from /proc.
//
// One line goes to standard output: requests, seconds, the tracker's processor seconds, answers that were errors, peers
// in the answers.

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

enum { clients = 4, window = 256, patience_ms = 10000 };

static int first_torrent, torrents, members;
static uint64_t asked, answered, errors, peers_named;
static int get_peers_share, announce_share;

static void fail(const char *what)
{
    fprintf(stderr, "tracker-load: %s: %s\n", what, zmq_strerror(zmq_errno()));
    exit(1);
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

// User and system time of a process so far, all its threads together. The kernel counts in hundredths of a second.
static double processor_seconds(int pid)
{
    char path[64], line[1024];
    unsigned long user = 0, system = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    if (!file || !fgets(line, sizeof line, file)) fail("the tracker is gone");
    fclose(file);
    // The name in parentheses may hold anything; the fields are counted from behind it.
    char *fields = strrchr(line, ')');
    if (!fields || sscanf(fields + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2)
        fail("cannot read /proc");
    return (double)(user + system) / sysconf(_SC_CLK_TCK);
}

static uint64_t random_bits(void)
{
    static uint64_t state = 88172645463325252u;  // xorshift64
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void send_frame(void *socket, const void *bytes, size_t size, int more)
{
    if (zmq_send(socket, bytes, size, more ? ZMQ_SNDMORE : 0) == -1) fail("send");
}

// A torrent is named by 32 bytes, as GoTorrent's own nodes do it.
static void send_head(void *socket, const char *verb, int torrent, int more)
{
    char name[33];
    snprintf(name, sizeof name, "%032d", first_torrent + torrent);
    send_frame(socket, "", 0, 1);
    send_frame(socket, "GT1", 3, 1);
    send_frame(socket, verb, strlen(verb), 1);
    send_frame(socket, name, 32, more);
    asked++;
}

static void announce(void *socket, int torrent, int member)
{
    char reference[64];
    int size = snprintf(reference, sizeof reference, "tcp://10.%d.%d.%d:%d", member >> 16 & 255, member >> 8 & 255,
                        member & 255, 10000 + torrent);
    send_head(socket, "announce", torrent, 1);
    send_frame(socket, reference, size, 0);
}

// The next request: in order while registering, by the shares while asking. False when there is none.
static int send_next(void *socket, int registers)
{
    if (registers) {
        if (asked == (uint64_t)torrents * members) return 0;
        announce(socket, asked % torrents, asked / torrents);
    } else if ((int)(asked % (get_peers_share + announce_share)) < get_peers_share) {
        send_head(socket, "get_peers", random_bits() % torrents, 0);
    } else {
        announce(socket, random_bits() % torrents, random_bits() % members);
    }
    return 1;
}

// Takes one answer; false where none is there. Frame 0 is the delimiter, 2 the verb, 3 and on the peers.
static int take_answer(void *socket)
{
    int index = 0, is_error = 0;
    zmq_msg_t frame;
    for (;; index++) {
        zmq_msg_init(&frame);
        if (zmq_msg_recv(&frame, socket, ZMQ_DONTWAIT) == -1) {
            if (zmq_errno() != EAGAIN) fail("receive");
            return 0;
        }
        if (index == 2) is_error = zmq_msg_size(&frame) == 5 && !memcmp(zmq_msg_data(&frame), "error", 5);
        int more = zmq_msg_more(&frame);
        if (index >= 3 && zmq_msg_size(&frame) > 6 && !memcmp(zmq_msg_data(&frame), "tcp://", 6)) peers_named++;
        zmq_msg_close(&frame);
        if (!more) break;
    }
    errors += is_error;
    answered++;
    return 1;
}

int main(int count, char **arguments)
{
    if (count < 7) return fprintf(stderr, "the head of tracker-load.c tells its arguments\n"), 2;
    int pid = atoi(arguments[2]), registers = !strcmp(arguments[3], "register");
    first_torrent = atoi(arguments[4]);
    torrents = atoi(arguments[5]);
    members = atoi(arguments[6]);
    double seconds = registers || count < 10 ? 1e9 : atof(arguments[7]);
    if (!registers && count >= 10) get_peers_share = atoi(arguments[8]), announce_share = atoi(arguments[9]);

    void *context = zmq_ctx_new(), *sockets[clients];
    zmq_pollitem_t items[clients];
    int under_way[clients] = {0};
    for (int client = 0; client < clients; client++) {
        int none = 0;
        sockets[client] = zmq_socket(context, ZMQ_DEALER);
        zmq_setsockopt(sockets[client], ZMQ_LINGER, &none, sizeof none);
        if (zmq_connect(sockets[client], arguments[1]) == -1) fail(arguments[1]);
        items[client] = (zmq_pollitem_t){.socket = sockets[client], .events = ZMQ_POLLIN};
    }

    double start = seconds_now(), end = start + seconds, processor = processor_seconds(pid);
    int goes_on = 1;
    while (goes_on || answered < asked) {
        for (int client = 0; client < clients; client++) {
            // Half a window at a time: a frame that goes alone costs both ends more than one in company.
            while (take_answer(sockets[client])) under_way[client]--;
            if (goes_on && under_way[client] <= window / 2)
                while (under_way[client] < window && send_next(sockets[client], registers)) under_way[client]++;
        }
        if (registers ? asked == (uint64_t)torrents * members : seconds_now() >= end) goes_on = 0;
        if (answered < asked && zmq_poll(items, clients, patience_ms) == 0) {
            fprintf(stderr, "tracker-load: no answer for %d s\n", patience_ms / 1000);
            return 1;
        }
    }
    printf("%" PRIu64 " %.3f %.2f %" PRIu64 " %" PRIu64 "\n", answered, seconds_now() - start,
           processor_seconds(pid) - processor, errors, peers_named);
    for (int client = 0; client < clients; client++) zmq_close(sockets[client]);
    zmq_ctx_term(context);
}
