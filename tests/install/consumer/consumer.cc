#include <influence/influence.h>

#include <cstring>

int main() { return std::strlen(influence_library_version()) > 0 ? 0 : 1; }
