// The least that a verified copy over TCP costs: sendfile on one side, recv, SHA-256 and pwrite on the other, and
// nothing else. The benchmarks in this folder compile it and compare with it. It also tells the rates of the machine.
//
//   plain-copy digest FILE CHUNK DIGESTS             writes the SHA-256 of each chunk of FILE, 32 bytes each
//   plain-copy send FILE ADDRESS RECEIVERS           one stream, and one thread, for each receiver
//   plain-copy receive ADDRESS PORT OUTPUT SIZE CHUNK DIGESTS
//   plain-copy hash SECONDS THREADS                  prints the bytes a second that each thread hashes, added up
//   plain-copy loopback BYTES                        prints the bytes a second of one stream over 127.0.0.1, unhashed
//
// `send` prints `port N` once it listens and `connected` once all are there; a line on its standard input is the start.
// `receive` prints `complete SECONDS` on the system's monotonic clock once each chunk was compared with its digest and
// written. Both then wait for the end of their standard input, so that what they cost can be read from /proc.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { most_streams = 1024, digest_size = 32, block = 1 << 20 };

static void fail(const char *what)
{
    fprintf(stderr, "plain-copy: %s: %s\n", what, errno ? strerror(errno) : "wrong");
    exit(1);
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

// A whole positive number that the caller wrote; anything else is an error.
static long long number(const char *text)
{
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno || *end || value < 1) {
        fprintf(stderr, "plain-copy: %s is not a positive number\n", text);
        exit(2);
    }
    return value;
}

static int open_or_fail(const char *path, int flags)
{
    int file = open(path, flags | O_CLOEXEC, 0644);
    if (file == -1) fail(path);
    return file;
}

static long long size_of(int file)
{
    struct stat status;
    if (fstat(file, &status) == -1) fail("fstat");
    return status.st_size;
}

static void sha256(EVP_MD_CTX *context, const void *bytes, size_t size, unsigned char *digest)
{
    if (!EVP_DigestInit_ex(context, EVP_sha256(), NULL) || !EVP_DigestUpdate(context, bytes, size) ||
        !EVP_DigestFinal_ex(context, digest, NULL))
        fail("SHA-256");
}

static void *allocate(size_t size)
{
    void *bytes = malloc(size);
    if (!bytes) fail("memory");
    return bytes;
}

static struct sockaddr_in address_of(const char *host, int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    if (inet_pton(AF_INET, host, &address.sin_addr) != 1) fail(host);
    return address;
}

static int listen_at(const char *host, int *port)
{
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = address_of(host, 0);
    socklen_t size = sizeof address;
    if (listener == -1 || bind(listener, (void *)&address, sizeof address) == -1 ||
        listen(listener, most_streams) == -1 || getsockname(listener, (void *)&address, &size) == -1)
        fail(host);
    *port = ntohs(address.sin_port);
    return listener;
}

static int connect_to(const char *host, int port)
{
    int stream = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = address_of(host, port);
    if (stream == -1 || connect(stream, (void *)&address, sizeof address) == -1) fail(host);
    return stream;
}

static void wait_for_end_of_input(void)
{
    char bytes[256];
    while (read(0, bytes, sizeof bytes) > 0) continue;
}

static void write_digests(const char *path, long long chunk, const char *output)
{
    int file = open_or_fail(path, O_RDONLY), digests = open_or_fail(output, O_WRONLY | O_CREAT | O_TRUNC);
    unsigned char *bytes = allocate(chunk), digest[digest_size];
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    for (long long offset = 0, size = size_of(file); offset < size; offset += chunk) {
        long long length = size - offset < chunk ? size - offset : chunk;
        for (long long got = 0, read_now; got < length; got += read_now)
            if ((read_now = pread(file, bytes + got, length - got, offset + got)) <= 0) fail(path);
        sha256(context, bytes, length, digest);
        if (write(digests, digest, digest_size) != digest_size) fail(output);
    }
}

static int file_to_send;
static long long size_to_send;

static void *send_whole(void *stream)
{
    off_t offset = 0;
    while (offset < size_to_send) {
        ssize_t sent = sendfile(*(int *)stream, file_to_send, &offset, size_to_send - offset);
        if (sent == 0 || (sent == -1 && errno != EINTR)) fail("sendfile");
    }
    return NULL;
}

static void send_to_all(const char *path, const char *host, int receivers)
{
    static int streams[most_streams];
    pthread_t threads[most_streams];
    int port, listener = listen_at(host, &port);
    char line[16];
    if (receivers > most_streams) errno = 0, fail("more receivers than streams");
    file_to_send = open_or_fail(path, O_RDONLY);
    size_to_send = size_of(file_to_send);
    printf("port %d\n", port), fflush(stdout);
    for (int index = 0; index < receivers; index++)
        if ((streams[index] = accept4(listener, NULL, NULL, SOCK_CLOEXEC)) == -1) fail("accept");
    printf("connected\n"), fflush(stdout);
    if (!fgets(line, sizeof line, stdin)) return;
    for (int index = 0; index < receivers; index++)
        if (pthread_create(&threads[index], NULL, send_whole, &streams[index])) fail("thread");
    for (int index = 0; index < receivers; index++) pthread_join(threads[index], NULL);
    wait_for_end_of_input();
}

static void receive(const char *host, int port, const char *output, long long size, long long chunk,
                    const char *digests)
{
    int file = open_or_fail(output, O_RDWR | O_CREAT | O_TRUNC), list = open_or_fail(digests, O_RDONLY);
    unsigned char *bytes = allocate(chunk), digest[digest_size], expected[digest_size];
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int stream = connect_to(host, port);
    for (long long offset = 0; offset < size; offset += chunk) {
        long long length = size - offset < chunk ? size - offset : chunk;
        // MSG_WAITALL: one call a chunk where the kernel can, which is the fewest that this takes. Hashing
        // as it comes, in parts that stay in the cache, wakes up more often and cost a fifth more in all.
        for (long long got = 0, now; got < length; got += now)
            if ((now = recv(stream, bytes + got, length - got, MSG_WAITALL)) <= 0) fail("the sender is gone");
        sha256(context, bytes, length, digest);
        if (read(list, expected, digest_size) != digest_size) errno = 0, fail("the digests are too short");
        if (memcmp(digest, expected, digest_size)) errno = 0, fail("a chunk has wrong bytes");
        for (long long done = 0, now; done < length; done += now)
            if ((now = pwrite(file, bytes + done, length - done, offset + done)) <= 0) fail(output);
    }
    printf("complete %.6f\n", seconds_now()), fflush(stdout);
    wait_for_end_of_input();
}

static double hash_seconds;

static void *hash_on(void *rate)
{
    unsigned char *bytes = allocate(block), digest[digest_size];
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    double start = seconds_now(), now;
    long long blocks = 0;
    memset(bytes, 7, block);
    for (now = start; now < start + hash_seconds; now = seconds_now(), blocks++)
        sha256(context, bytes, block, digest);
    *(double *)rate = (double)blocks * block / (now - start);
    return NULL;
}

static void tell_hash_rate(double seconds, int threads)
{
    pthread_t handles[most_streams];
    static double rates[most_streams];
    double sum = 0;
    if (threads > most_streams) errno = 0, fail("more threads than it has room for");
    hash_seconds = seconds;
    for (int index = 0; index < threads; index++)
        if (pthread_create(&handles[index], NULL, hash_on, &rates[index])) fail("thread");
    for (int index = 0; index < threads; index++) {
        pthread_join(handles[index], NULL);
        sum += rates[index];
    }
    printf("%.0f\n", sum);
}

static long long loopback_bytes;

static void *write_stream(void *stream)
{
    unsigned char *bytes = allocate(block);
    memset(bytes, 7, block);
    for (long long left = loopback_bytes; left > 0;) {
        ssize_t sent = send(*(int *)stream, bytes, left < block ? left : block, 0);
        if (sent <= 0) fail("send");
        left -= sent;
    }
    return NULL;
}

static void tell_loopback_rate(long long bytes)
{
    int port, listener = listen_at("127.0.0.1", &port), near = connect_to("127.0.0.1", port);
    int far = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    unsigned char *buffer = allocate(block);
    pthread_t writer;
    loopback_bytes = bytes;
    double start = seconds_now();
    if (far == -1 || pthread_create(&writer, NULL, write_stream, &near)) fail("loopback");
    for (long long got = 0, now; got < bytes; got += now)
        if ((now = recv(far, buffer, block, 0)) <= 0) fail("recv");
    printf("%.0f\n", bytes / (seconds_now() - start));
    pthread_join(writer, NULL);
}

int main(int count, char **arguments)
{
    const char *does = count > 1 ? arguments[1] : "";
    if (!strcmp(does, "digest") && count == 5) write_digests(arguments[2], number(arguments[3]), arguments[4]);
    else if (!strcmp(does, "send") && count == 5) send_to_all(arguments[2], arguments[3], number(arguments[4]));
    else if (!strcmp(does, "receive") && count == 8)
        receive(arguments[2], number(arguments[3]), arguments[4], number(arguments[5]), number(arguments[6]),
                arguments[7]);
    else if (!strcmp(does, "hash") && count == 4) tell_hash_rate(number(arguments[2]), number(arguments[3]));
    else if (!strcmp(does, "loopback") && count == 3) tell_loopback_rate(number(arguments[2]));
    else return fprintf(stderr, "the head of plain-copy.c tells its arguments\n"), 2;
    return 0;
}
