/** The web pages: files of one folder, nothing above it. */
#ifndef NCTRACKS_SERVER_STATIC_FILES_H
#define NCTRACKS_SERVER_STATIC_FILES_H

#include "request.h"

/** Whether the path belongs to the pages, not to the interface. */
bool static_files_owns(const struct request *request);

/**
 * Sends the file of the path; index.html for `/` and for a path without an extension, which is one of the pages' own.
 * @return what MHD_queue_response() said
 */
enum MHD_Result static_files_send(struct request *request);

#endif
