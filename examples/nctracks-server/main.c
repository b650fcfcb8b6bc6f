/** nctracks-server: the library as a service, see README.md. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <sodium.h>

#include "health.h"
#include "http.h"
#include "json_memory.h"
#include "log.h"
#include "rosters.h"
#include "routes.h"
#include "upkeep.h"

#define DRAIN_SECONDS 20

static const char usage[] = "usage: nctracks-server serve CONFIG        serves until SIGTERM or SIGINT\n"
                            "       nctracks-server init CONFIG         makes a key file and a database, if not there\n"
                            "       nctracks-server check CONFIG        reads the configuration and opens the portal\n"
                            "       nctracks-server healthcheck CONFIG  asks a running server; exit 0: ready\n"
                            "       nctracks-server options             prints every option, as a configuration\n"
                            "       nctracks-server routes              prints every route\n";

static void print_routes(void) {
    for (size_t i = 0; i < routes_count(); i++) {
        printf("%s %s\n", routes_at(i)->method, routes_at(i)->template);
    }
}

/* Passwords and PINs pass through this process: it leaves no memory image, and no file others may read. */
static void protect(void) {
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    umask(077);
    json_memory_wiped();
}

/* Before any thread is made, so that all of them inherit it. */
static void block_signals(sigset_t *set) {
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    pthread_sigmask(SIG_BLOCK, set, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static int serve(struct server *server) {
    sigset_t set;
    int got = 0;
    block_signals(&set);
    rosters_go_on(server->rosters);
    struct MHD_Daemon *daemon = http_start(server);
    if (daemon == NULL) {
        return 1;
    }
    struct upkeep *upkeep = upkeep_start(server);
    log_event("ready", server->settings.listen_address);
    sigwait(&set, &got);
    log_event("stopping", got == SIGTERM ? "SIGTERM" : "SIGINT");
    http_stop(server, daemon, DRAIN_SECONDS);
    upkeep_stop(upkeep);
    return 0;
}

static int with_portal(const char *command, struct server *server) {
    int code = 1;
    if (server_open(server, strcmp(command, "init") == 0)) {
        code = strcmp(command, "serve") == 0 ? serve(server) : 0;
    }
    server_close(server);
    return code;
}

static int run(const char *command, const char *path) {
    static struct server server;
    bool asks = strcmp(command, "healthcheck") == 0;
    if (!asks && strcmp(command, "serve") != 0 && strcmp(command, "init") != 0 && strcmp(command, "check") != 0) {
        fputs(usage, stderr);
        return 2;
    }
    if (!settings_read(path, &server.settings, stderr)) {
        return 2;
    }
    return asks ? health_ask(&server.settings) : with_portal(command, &server);
}

int main(int argc, char **argv) {
    if (sodium_init() < 0) {
        return 1;
    }
    protect();
    if (argc == 2 && strcmp(argv[1], "options") == 0) {
        settings_describe(stdout);
        return 0;
    }
    if (argc == 2 && strcmp(argv[1], "routes") == 0) {
        print_routes();
        return 0;
    }
    if (argc != 3) {
        fputs(usage, stderr);
        return 2;
    }
    return run(argv[1], argv[2]);
}
