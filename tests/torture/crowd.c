#include "crowd.h"

#include <pthread.h>

struct gate {
    pthread_mutex_t mutex;
    pthread_cond_t opened;
    int open;
    int go; /* 0: somebody is missing, so nobody works */
};

struct member {
    struct gate *gate;
    void (*work)(size_t index, void *argument);
    void *argument;
    size_t index;
};

static void *run(void *data) {
    const struct member *member = data;
    (void)pthread_mutex_lock(&member->gate->mutex);
    while (!member->gate->open)
        (void)pthread_cond_wait(&member->gate->opened, &member->gate->mutex);
    int go = member->gate->go;
    (void)pthread_mutex_unlock(&member->gate->mutex);
    if (go)
        member->work(member->index, member->argument);
    return NULL;
}

static void open_gate(struct gate *gate, int go) {
    (void)pthread_mutex_lock(&gate->mutex);
    gate->open = 1;
    gate->go = go;
    (void)pthread_cond_broadcast(&gate->opened);
    (void)pthread_mutex_unlock(&gate->mutex);
}

int crowd_run(size_t threads, void (*work)(size_t index, void *argument), void *argument) {
    struct gate gate = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0};
    struct member members[CROWD_MAX];
    pthread_t ids[CROWD_MAX];
    size_t made = 0;
    for (; made < threads && made < CROWD_MAX; made++) {
        members[made] = (struct member){&gate, work, argument, made};
        if (pthread_create(&ids[made], NULL, run, &members[made]) != 0)
            break;
    }
    open_gate(&gate, made == threads);
    for (size_t i = 0; i < made; i++)
        (void)pthread_join(ids[i], NULL);
    (void)pthread_cond_destroy(&gate.opened);
    (void)pthread_mutex_destroy(&gate.mutex);
    return made == threads ? 0 : -1;
}
