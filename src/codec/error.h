#include "model/error.h"  // moved: include that
