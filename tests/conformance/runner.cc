// Puts the corpus of an algorithm to the library and prints its digest.
//
//   runner [OPTION ...]
//     --algorithm ID      v1
//     --threads N         one engine, so many threads
//     --shuffle SEED      in another order
//     --batch N           so many profiles a request; 0: 1, 2, ... 64 in turn
//     --rounding MODE     nearest, up, down, zero: set before the library runs
//     --ftz               denormals are flushed to zero
//     --path columns      people with one account by influence_score_columns()
//     --kernel NAME       of the columns
//     --cases N           only the first so many
//     --write FILE        the corpus, as text; sha256sum gives the digest
//     --every-way         all that this machine can; a line for each
//
// Exit code: 0 if each digest is the published one (or, with --cases, all are
// equal), 1 if not, 2 for usage.
#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "cli/conformance/corpus.h"
#include "cli/conformance/corpus_sha256.h"
#include "tests/conformance/kernel.h"
#include "tests/conformance/ways.h"

namespace influence::conformance {
namespace {

struct Options {
  std::string algorithm = "v1";
  Way way;
  bool every_way = false;
  size_t cases = 0;  // 0: all
  std::string write;
};

std::vector<size_t> BatchSizes(size_t size) {
  if (size != 0) return {size};
  std::vector<size_t> sizes;
  for (size_t i = 1; i <= 64; ++i) sizes.push_back(i);
  return sizes;
}

Options ReadOptions(int argc, char** argv) {
  Options options;
  Way& way = options.way;
  way.name = "plain";
  for (int i = 1; i < argc; ++i) {
    const std::string name = argv[i];
    const auto value = [&]() -> std::string {
      if (++i == argc) throw std::invalid_argument(name + " needs a value");
      return argv[i];
    };
    if (name == "--algorithm") {
      options.algorithm = value();
    } else if (name == "--threads") {
      way.threads = std::stoul(value());
    } else if (name == "--shuffle") {
      way.shuffle = std::stoul(value());
    } else if (name == "--batch") {
      way.batches = BatchSizes(std::stoul(value()));
    } else if (name == "--rounding") {
      way.mode.rounding = value();
    } else if (name == "--ftz") {
      way.mode.flush_to_zero = true;
    } else if (name == "--path") {
      const std::string path = value();
      if (path != "columns" && path != "message") {
        throw std::invalid_argument("no path " + path);
      }
      way.columns = path == "columns";
    } else if (name == "--kernel") {
      way.kernel = value();
    } else if (name == "--cases") {
      options.cases = std::stoul(value());
    } else if (name == "--write") {
      options.write = value();
    } else if (name == "--every-way") {
      options.every_way = true;
    } else {
      throw std::invalid_argument("no option " + name);
    }
  }
  return options;
}

// Threads, orders, batches, floating-point modes, paths: what this machine has.
std::vector<Way> EveryWay() {
  std::vector<Way> ways;
  const auto add = [&ways](const std::string& name) -> Way& {
    ways.emplace_back();
    ways.back().name = name;
    return ways.back();
  };
  add("plain");
  for (const size_t threads : {size_t{2}, size_t{7}, size_t{16}}) {
    add("threads=" + std::to_string(threads)).threads = threads;
  }
  add("shuffle=1").shuffle = 1;
  add("batch=1..64").batches = BatchSizes(0);
  Way& all = add("threads=7 shuffle=2 batch=1..64");
  all.threads = 7;
  all.shuffle = 2;
  all.batches = BatchSizes(0);
  std::vector<FloatMode> modes;
  for (const char* rounding : {"up", "down", "zero"}) {
    modes.push_back({rounding, false});
  }
  modes.push_back({"nearest", true});
  for (const FloatMode& mode : modes) {
    if (!SetFloatMode(mode)) continue;
    SetFloatMode({});
    Way& way = add(mode.flush_to_zero ? "ftz" : "rounding=" + mode.rounding);
    way.mode = mode;
  }
  // The fastest first: once an engine was given another, that remains.
  for (const char* kernel : {"", "integer", "sse2", "avx2", "avx512", "neon"}) {
    const std::string name = kernel;
    if (!name.empty() && !HasKernel(name)) continue;
    add("columns" + (name.empty() ? "" : "=" + name)).kernel = name;
    ways.back().columns = true;
    if (name.empty()) continue;
    for (const FloatMode& mode : modes) {
      if (!SetFloatMode(mode)) continue;
      SetFloatMode({});
      Way& way =
          add("columns=" + name + " " +
              (mode.flush_to_zero ? "ftz" : "rounding=" + mode.rounding));
      way.kernel = name;
      way.columns = true;
      way.mode = mode;
    }
  }
  return ways;
}

// The digest of the whole text, which is also written to a file if one is
// named.
std::string Digest(const Corpus& corpus, const std::vector<Case>& cases,
                   const std::vector<Answer>& answers,
                   const std::string& write) {
  std::FILE* file = nullptr;
  bool is_written = true;
  if (!write.empty()) {
    file = std::fopen(write.c_str(), "wb");
    is_written = file != nullptr;
  }
  Sha256 hash;
  const auto add = [&](const std::string& text) {
    hash.Update(text);
    is_written = is_written &&
                 (file == nullptr || std::fwrite(text.data(), 1, text.size(),
                                                 file) == text.size());
  };
  add(corpus.Preamble());
  for (size_t n = 0; n < cases.size(); ++n) {
    add(CaseText(cases[n], n, answers[n]));
  }
  if (file != nullptr) is_written = std::fclose(file) == 0 && is_written;
  if (!is_written) throw std::runtime_error(write + " cannot be written");
  return hash.Hex();
}

// Equal answers have equal digests, which saves hashing the same text again.
bool SameOutcomes(const std::vector<Answer>& a, const std::vector<Answer>& b) {
  std::string one;
  std::string other;
  for (size_t n = 0; n < a.size(); ++n) {
    one.clear();
    other.clear();
    Render(a[n], &one);
    Render(b[n], &other);
    if (one != other) return false;
  }
  return true;
}

int Run(int argc, char** argv) {
  const Options options = ReadOptions(argc, argv);
  const Corpus corpus(options.algorithm);
  if (corpus.engines()[0].handle == nullptr) {
    throw std::invalid_argument("no algorithm " + options.algorithm);
  }
  std::vector<Case> cases(options.cases == 0
                              ? corpus.size()
                              : std::min(options.cases, corpus.size()));
  for (size_t n = 0; n < cases.size(); ++n) cases[n] = corpus.Get(n);

  const std::vector<Way> ways =
      options.every_way ? EveryWay() : std::vector<Way>{options.way};
  std::string want;
  if (options.cases == 0) want = PublishedDigest(options.algorithm);
  bool same = true;
  std::vector<Answer> first;
  std::string first_digest;
  for (const Way& way : ways) {
    std::vector<Answer> answers = Ask(corpus, cases, way, first);
    const std::string digest =
        !first.empty() && SameOutcomes(first, answers)
            ? first_digest
            : Digest(corpus, cases, answers, options.write);
    if (first.empty()) {
      first = std::move(answers);
      first_digest = digest;
    }
    if (want.empty()) want = digest;
    same &= digest == want;
    std::printf("%s  %s%s\n", digest.c_str(), way.name.c_str(),
                digest == want ? "" : "  DIFFERS");
    std::fflush(stdout);
  }
  if (!same) std::printf("%s  is what it should be\n", want.c_str());
  return same ? 0 : 1;
}

}  // namespace
}  // namespace influence::conformance

int main(int argc, char** argv) {
  try {
    return influence::conformance::Run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "runner: %s\n", error.what());
    return 2;
  }
}
