#include "influence/influence.h"

int AbiVersionElsewhere();

int AbiVersionElsewhere() { return static_cast<int>(influence_abi_version()); }
