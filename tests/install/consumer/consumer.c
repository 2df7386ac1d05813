#include <influence/influence.h>
#include <stdio.h>

/* Prints the version of the library it was given. */
int main(void) {
  influence_bytes list = {0};
  if (influence_algorithm_list(&list, NULL) != INFLUENCE_OK) return 1;
  influence_bytes_free(&list);
  printf("%s\n", influence_library_version());
  return influence_abi_version() == INFLUENCE_ABI_VERSION ? 0 : 1;
}
