// For a build with -fsanitize=memory, before anything else: text and containers
// are compiled here, not taken from libstdc++, which is not instrumented.
#ifdef __cplusplus
#include <bits/c++config.h>
#undef _GLIBCXX_EXTERN_TEMPLATE
#define _GLIBCXX_EXTERN_TEMPLATE 0
#endif
