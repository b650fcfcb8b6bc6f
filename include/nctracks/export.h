/**
 * @file export.h
 * @brief Visibility of the public functions.
 */
#ifndef NCTRACKS_EXPORT_H
#define NCTRACKS_EXPORT_H

#if defined(_WIN32) || defined(__CYGWIN__)
#define NCT_API
#elif defined(__GNUC__) || defined(__clang__)
#define NCT_API __attribute__((visibility("default")))
#else
#define NCT_API
#endif

#endif
