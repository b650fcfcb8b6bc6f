/**
 * @file constants.h
 * @brief Every constant of these headers by name, for bindings that do not read headers.
 * @defgroup constants Constants
 * @{
 */
#ifndef NCTRACKS_CONSTANTS_H
#define NCTRACKS_CONSTANTS_H

#include <nctracks/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief The value of a constant.
 *
 * @param name such as "NCT_RIGHT_PA_SUBMIT" or "NCT_E_DENIED", NUL-terminated
 * @param[out] value receives it; untouched on failure
 * @return #NCT_OK; #NCT_E_NOT_FOUND for an unknown name; #NCT_E_ARGUMENT for a NULL pointer.
 * @par Threads Any.
 */
NCT_API NCT_MUST_USE nct_status nct_constant_from_name(const char *name, int64_t *value);

/**
 * @brief How many constants there are, for a loop over nct_constant_name().
 *
 * @return the count.
 */
NCT_API size_t nct_constant_count(void);

/**
 * @brief The name of a constant, in order of the alphabet.
 *
 * @param index below nct_constant_count()
 * @return a constant string; NULL past the end.
 */
NCT_API const char *nct_constant_name(size_t index);

#ifdef __cplusplus
}
#endif
/** @} */
#endif
