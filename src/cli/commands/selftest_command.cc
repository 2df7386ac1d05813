// `influence selftest`: whether the library that was loaded gives the numbers
// that every other gives.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/client/engine_handle.h"
#include "cli/commands/commands.h"
#include "cli/conformance/corpus.h"
#include "cli/conformance/corpus_sha256.h"
#include "cli/conformance/replay.h"
#include "cli/read/inputs.h"
#include "cli/write/output_file.h"

namespace influence::cli {
namespace {

struct SelftestOptions {
  std::string algorithm;  // empty: every released one
  std::string write;
  std::string corpus;
};

using conformance::Answer;
using conformance::Case;
using conformance::Corpus;

// Puts the corpus of one algorithm to the library, and writes it if asked to.
bool Generate(const std::string& algorithm, const std::string& write,
              Output* report) {
  Engine::Released(algorithm);  // or the failure that says there is none
  const Corpus corpus(algorithm);
  conformance::Sha256 hash;
  std::unique_ptr<Output> file;
  if (!write.empty()) file = std::make_unique<Output>(write);
  const auto add = [&](const std::string& text) {
    hash.Update(text);
    if (file) file->Write(text);
  };
  add(corpus.Preamble());
  for (size_t n = 0; n < corpus.size(); ++n) {
    const Case c = corpus.Get(n);
    add(CaseText(
        c, n,
        conformance::Score(corpus.engines()[c.engine].handle.get(), c.bytes)));
  }
  if (file) file->Finish();
  const std::string digest = hash.Hex();
  const std::string_view published = conformance::PublishedDigest(algorithm);
  report->Write(digest + "  " + algorithm + ", " +
                std::to_string(corpus.size()) + " requests\n");
  if (digest == published) return true;
  report->Write(published.empty()
                    ? "no digest is published for " + algorithm + "\n"
                    : std::string(published) + "  is what it should be\n");
  return false;
}

bool ReplayFile(const std::string& path, Output* report) {
  const std::string text = ReadAll(path);
  conformance::Replay replay;
  try {
    replay = conformance::ReplayCorpus(text);
  } catch (const conformance::NotACorpus& error) {
    throw Failure(kBadData, NameOf(path) + ": " + error.what());
  }
  report->Write(replay.digest + "  " + NameOf(path) + ", " +
                std::to_string(replay.cases) + " requests\n");
  if (!replay.differs) return true;
  report->Write("the first difference is in " + replay.where + ", line " +
                std::to_string(replay.line) + "\n  expected  " +
                replay.expected + "\n  got       " + replay.got + "\n");
  return false;
}

ExitCode RunSelftest(const SelftestOptions& options) {
  std::vector<std::string> algorithms = {options.algorithm};
  if (options.algorithm.empty()) {
    algorithms.clear();
    const abi1::AlgorithmList list = ListAlgorithms();
    for (const auto& released : list.algorithms()) {
      algorithms.push_back(released.algorithm().id());
    }
  }
  if (options.write == "-") {
    throw Failure(kUsage, "--write needs a file: the digest is printed");
  }
  bool same = true;
  Output report("");
  if (!options.corpus.empty()) {
    same = ReplayFile(options.corpus, &report);
  } else {
    for (const std::string& algorithm : algorithms) {
      same &= Generate(algorithm, options.write, &report);
    }
  }
  report.Write(same ? "OK\n" : "DIFFERS\n");
  report.Finish();
  return same ? kFine : kCheckFailed;
}

}  // namespace

void AddSelftest(CLI::App* app, ExitCode* code) {
  const auto options = std::make_shared<SelftestOptions>();
  CLI::App* const selftest = app->add_subcommand(
      "selftest", "check that this library gives the published numbers");
  CLI::Option* const algorithm =
      selftest->add_option("--algorithm", options->algorithm,
                           "only this one; otherwise every released one");
  // A file holds one corpus.
  CLI::Option* const write =
      selftest
          ->add_option("--write", options->write,
                       "write the corpus, requests and results, as text")
          ->needs(algorithm);
  // Such a file names its algorithm.
  selftest
      ->add_option("--corpus", options->corpus,
                   "put such a file to the library again")
      ->excludes(algorithm)
      ->excludes(write);
  selftest->final_callback([=] { *code = RunSelftest(*options); });
}

}  // namespace influence::cli
