// `influence tally` and `influence topics`: events in, profiles or topics out.
#include "cli/commands.h"
#include "cli/event_log.h"
#include "cli/files.h"
#include "cli/profile_writers.h"
#include "cli/times.h"
