#include "engine/store/memory_lock.h"

int nct_memory_lock_init(struct memory_lock *lock) {
    atomic_init(&lock->writers, 0);
    int error = pthread_mutex_init(&lock->gate, NULL);
    if (error != 0)
        return error;
    error = pthread_rwlock_init(&lock->lock, NULL);
    if (error != 0)
        (void)pthread_mutex_destroy(&lock->gate);
    return error;
}

void nct_memory_lock_destroy(struct memory_lock *lock) {
    (void)pthread_rwlock_destroy(&lock->lock);
    (void)pthread_mutex_destroy(&lock->gate);
}

void nct_memory_lock_read(struct memory_lock *lock) {
    if (atomic_load_explicit(&lock->writers, memory_order_relaxed) == 0) {
        (void)pthread_rwlock_rdlock(&lock->lock);
        return;
    }
    (void)pthread_mutex_lock(&lock->gate);
    (void)pthread_rwlock_rdlock(&lock->lock);
    (void)pthread_mutex_unlock(&lock->gate);
}

void nct_memory_lock_write(struct memory_lock *lock) {
    atomic_fetch_add_explicit(&lock->writers, 1, memory_order_relaxed);
    (void)pthread_mutex_lock(&lock->gate);
    (void)pthread_rwlock_wrlock(&lock->lock);
}

void nct_memory_unlock_read(struct memory_lock *lock) {
    (void)pthread_rwlock_unlock(&lock->lock);
}

void nct_memory_unlock_write(struct memory_lock *lock) {
    (void)pthread_rwlock_unlock(&lock->lock);
    (void)pthread_mutex_unlock(&lock->gate);
    atomic_fetch_sub_explicit(&lock->writers, 1, memory_order_relaxed);
}
