#include "build_info.h"

const char *gotorrent_commit(void) {
#ifdef GOTORRENT_COMMIT
    return GOTORRENT_COMMIT;
#else
    return "unknown";
#endif
}
