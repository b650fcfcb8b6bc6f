/**
 * @file export.h
 * @brief What stands before a public function: its visibility, and that its answer must be looked at; and how C gives
 * it a literal.
 */
#ifndef NCTRACKS_EXPORT_H
#define NCTRACKS_EXPORT_H

/* On Windows the DLL is meant unless NCT_STATIC is defined; NCT_BUILDING_DLL is for the build of the library itself. */
#ifndef NCT_API
#if (defined(_WIN32) || defined(__CYGWIN__)) && defined(NCT_BUILDING_DLL)
#define NCT_API __declspec(dllexport)
#elif (defined(_WIN32) || defined(__CYGWIN__)) && !defined(NCT_STATIC)
#define NCT_API __declspec(dllimport)
#elif defined(_WIN32) || defined(__CYGWIN__)
#define NCT_API
#elif defined(__GNUC__) || defined(__clang__)
#define NCT_API __attribute__((visibility("default")))
#else
#define NCT_API
#endif
#endif

/* The outcome of a call is a refusal too: who ignores it takes a refusal for a permission. */
#ifndef NCT_MUST_USE
#if defined(__GNUC__) || defined(__clang__)
#define NCT_MUST_USE __attribute__((warn_unused_result))
#else
#define NCT_MUST_USE
#endif
#endif

/* A string literal as two arguments, the text and its length, which so need not be counted:
 * nct_access_revoke(portal, NCT_TEXT("olivia.owner"), ...). Anything but a literal does not compile. */
#define NCT_TEXT(text) "" text "", sizeof("" text "") - 1

#endif
