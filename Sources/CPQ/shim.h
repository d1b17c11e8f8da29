#pragma once
#include <libpq-fe.h>

// PGRES_POLLING_* and the other enumerations are imported as they are; nothing that is needed is variadic.
