// A population of any size as CSV or JSONL on standard output: six counts of
// every magnitude, one cell in twenty empty; always the same for the same size.
//
//     make_population PEOPLE [csv|jsonl]
#include "make_population.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

int main(int argc, char** argv) {
  const bool is_jsonl = argc == 3 && std::strcmp(argv[2], "jsonl") == 0;
  if (argc < 2 || argc > 3 ||
      (argc == 3 && !is_jsonl && std::strcmp(argv[2], "csv") != 0)) {
    std::fputs("make_population PEOPLE [csv|jsonl]\n", stderr);
    return 2;
  }
  influence::bench::PopulationText population(
      std::strtoull(argv[1], nullptr, 10), is_jsonl);
  std::string text;
  while (population.Next(&text)) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) {
      return 1;
    }
  }
  return std::fclose(stdout) == 0 ? 0 : 1;
}
