/* A read-write lock whose writers get their turn however many readers come. */
#ifndef NCT_ENGINE_STORE_MEMORY_LOCK_H
#define NCT_ENGINE_STORE_MEMORY_LOCK_H

#include <pthread.h>
#include <stdatomic.h>

/* glibc's own lock prefers readers: writers could wait for ever. Here readers queue at the gate behind a writer. */
struct memory_lock {
    pthread_rwlock_t lock;
    pthread_mutex_t gate;
    atomic_uint writers; /* that wait or write */
};

/* Zero, or an error number. */
int nct_memory_lock_init(struct memory_lock *lock);
void nct_memory_lock_destroy(struct memory_lock *lock);
void nct_memory_lock_read(struct memory_lock *lock);
void nct_memory_lock_write(struct memory_lock *lock);
void nct_memory_unlock_read(struct memory_lock *lock);
void nct_memory_unlock_write(struct memory_lock *lock);

#endif
