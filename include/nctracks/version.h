/**
 * @file version.h
 * @brief The version of the library.
 * @defgroup version Version
 * @{
 */
#ifndef NCTRACKS_VERSION_H
#define NCTRACKS_VERSION_H

#include <nctracks/status.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NCT_VERSION_MAJOR 0 /**< Version these headers belong to: major. */
#define NCT_VERSION_MINOR 2 /**< Version these headers belong to: minor. */
#define NCT_VERSION_PATCH 0 /**< Version these headers belong to: patch. */

/**
 * @brief The version of the library at run time, such as "0.2.0".
 *
 * @return a constant string.
 */
NCT_API const char *nct_version(void);

/**
 * @brief The version at run time as one number, 1000000 * major + 1000 * minor + patch.
 *
 * @return the number.
 */
NCT_API int32_t nct_version_number(void);

/**
 * @brief Checks the library on this machine: known answers of each primitive it uses, and its random source.
 *
 * @return #NCT_OK; #NCT_E_CRYPTO when an answer is wrong; #NCT_E_NO_MEMORY.
 * @par Threads Any. Takes a few milliseconds and 256 KiB.
 */
NCT_API NCT_MUST_USE nct_status nct_self_test(void);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
