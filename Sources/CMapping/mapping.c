#include "mapping.h"

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MAP_ANONYMOUS
#define MAP_ANONYMOUS MAP_ANON
#endif

// In the program itself, so that the handler finds it without allocating anything.
static __thread struct {
    uintptr_t start, end;
    volatile sig_atomic_t missed;
} guarded;

static uintptr_t page_size;
static struct sigaction before;

// The thread that reads is the one that is interrupted, so its own range is what counts.
static void replace_page(int number, siginfo_t *info, void *context) {
    (void)context;
    uintptr_t address = (uintptr_t)info->si_addr;
    if (address >= guarded.start && address < guarded.end) {
        void *page = (void *)(address & ~(page_size - 1));
        if (mmap(page, page_size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED) {
            guarded.missed = 1;
            return;
        }
    }
    // Not ours: the instruction is tried again, and meets whoever was to hear of it before us.
    sigaction(number, &before, NULL);
}

static void install(void) {
    page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = replace_page;
    action.sa_flags = SA_SIGINFO;
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, &before);
}

void mapping_guard_begin(const void *start, size_t length) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, install);
    guarded.start = (uintptr_t)start;
    guarded.end = (uintptr_t)start + length;
    guarded.missed = 0;
}

bool mapping_guard_end(void) {
    guarded.start = guarded.end = 0;
    return guarded.missed;
}
