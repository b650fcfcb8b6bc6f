#include "log.h"

#include <stdio.h>
#include <time.h>

#include "routes.h"

static void write_line(json_t *line) {
    char time_text[32] = "";
    struct timespec now;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    size_t len = strftime(time_text, sizeof time_text, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(time_text + len, sizeof time_text - len, ".%03ldZ", now.tv_nsec / 1000000);
    json_object_set_new(line, "time", json_string(time_text));
    flockfile(stderr);
    json_dumpf(line, stderr, JSON_COMPACT | JSON_ENSURE_ASCII);
    fputc('\n', stderr);
    funlockfile(stderr);
    json_decref(line);
}

void log_request(const struct request *request, uint64_t microseconds) {
    const struct route *route = request->route;
    write_line(json_pack("{s:s, s:s, s:s, s:s, s:i, s:f, s:s?}", "request", request->id, "address", request->address,
                         "method", request->method, "route", route != NULL ? route->template : "other", "status",
                         (int)request->answer.status, "ms", (double)microseconds / 1e3, "code", request->answer.code));
}

void log_event(const char *event, const char *detail) {
    write_line(json_pack("{s:s, s:s}", "event", event, "detail", detail));
}
