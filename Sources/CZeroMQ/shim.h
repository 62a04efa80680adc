// What Swift cannot take from <zmq.h> and the system headers by itself. Each entry says why it is here;
// whatever Swift imports unaided (functions, integer macros) is used directly and is not repeated.

#ifndef GOTORRENT_CZEROMQ_SHIM_H
#define GOTORRENT_CZEROMQ_SHIM_H

#include <zmq.h>

// ZMQ_VERSION expands to a function-like macro, which Swift does not import, so the check has to be made here.
// Before 4.3.4 a peer could make libzmq allocate without bound, and the monitor events lack their details.
#if ZMQ_VERSION < ZMQ_MAKE_VERSION(4, 3, 4)
#error "GoTorrent needs libzmq 4.3.4 or later"
#endif

#if defined(__linux__)
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>

// Swift's Glibc module leaves <sys/eventfd.h> out. Both flags belong to the call: set afterwards, a fork in
// between would inherit the descriptor. Returns -1 and sets errno when there are no descriptors left.
static inline int czeromq_eventfd(void) {
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

// Swift's Glibc module leaves <sys/epoll.h> out, and Swift does not import packed structures with unions; so the
// events and the number come apart. `operation` is one of EPOLL_CTL_…; bits of `events` those of poll(2), which are
// the same. Returns -1 and sets errno where it fails.
static inline int czeromq_epoll_control(int set, int operation, int descriptor, uint32_t events, uint64_t key) {
    struct epoll_event event = {.events = events, .data = {.u64 = key}};
    return epoll_ctl(set, operation, descriptor, &event);
}

// Waits up to `timeout` ms (-1: for ever) and fills `keys` and `events`, of `capacity` places each. Returns how many
// were found, or -1 with errno.
static inline int czeromq_epoll_wait(int set, uint64_t *keys, uint32_t *events, int capacity, int timeout) {
    struct epoll_event found[capacity];
    int count = epoll_wait(set, found, capacity, timeout);
    for (int place = 0; place < count; place++) {
        keys[place] = found[place].data.u64;
        events[place] = found[place].events;
    }
    return count;
}

// Names the calling thread, up to 15 bytes. pthread_setname_np is declared under _GNU_SOURCE only, which Swift's
// Glibc module is built without; prctl takes variable arguments, which Swift does not import.
static inline void czeromq_set_thread_name(const char *name) {
    prctl(PR_SET_NAME, name, 0, 0, 0);
}
#endif

#endif
