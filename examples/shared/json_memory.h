/** The memory of the JSON library, which holds passwords and PINs. */
#ifndef NCTRACKS_JSON_MEMORY_H
#define NCTRACKS_JSON_MEMORY_H

/** Makes the JSON library wipe all memory it gives back. Call once, before any other use of it. */
void json_memory_wiped(void);

#endif
