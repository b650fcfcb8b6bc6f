#include "health.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <nctracks/provider.h>

#include "answer.h"
#include "handlers.h"

#define PATIENCE_SECONDS 5

void health_live(struct request *request) {
    answer_json(request, MHD_HTTP_OK, json_pack("{s:s}", "status", "live"));
}

/* A read of the store, whatever it finds. */
void health_ready(struct request *request) {
    nct_provider_list *list = NULL;
    if (atomic_load(&request->server->stopping)) {
        answer_http(request, MHD_HTTP_SERVICE_UNAVAILABLE, "HTTP_STOPPING", "The server is being stopped.");
        return;
    }
    nct_status status = nct_provider_list_page(request->server->portal, NULL, 0, 1, &list);
    nct_provider_list_free(list);
    if (status == NCT_OK || status == NCT_E_PARTIAL) {
        answer_json(request, MHD_HTTP_OK, json_pack("{s:s}", "status", "ready"));
    } else {
        answer_http(request, MHD_HTTP_SERVICE_UNAVAILABLE, nct_status_name(status), "The store does not answer.");
    }
}

static int ask(int fd, const struct settings *settings) {
    static const char question[] = "GET /health/ready HTTP/1.0\r\n\r\n";
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)settings->port)};
    struct timeval patience = {PATIENCE_SECONDS, 0};
    char answer[16] = "";
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (inet_pton(AF_INET, settings->listen_address, &address.sin_addr) != 1 ||
        connect(fd, (const struct sockaddr *)&address, sizeof address) != 0 ||
        write(fd, question, strlen(question)) != (ssize_t)strlen(question) ||
        read(fd, answer, sizeof answer - 1) < 12) {
        return 1;
    }
    return strncmp(answer + 8, " 200", 4) == 0 ? 0 : 1;
}

int health_ask(const struct settings *settings) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return 1;
    }
    int code = ask(fd, settings);
    close(fd);
    puts(code == 0 ? "ready" : "not ready");
    return code;
}
